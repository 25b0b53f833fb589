package org.kiban.messaging;

import org.kiban.core.MessageCode;

/** What messaging tells operators; texts in {@code messages*.properties}. */
public enum MessagingCode implements MessageCode {
  /** The broker does not start. */
  BROKER_FAILED("KBN-MESSAGING-001"),
  /** The listener's port is taken or may not be bound. */
  PORT_UNAVAILABLE("KBN-MESSAGING-002"),
  /** A value of the configuration cannot be used. */
  BAD_SETTING("KBN-MESSAGING-003"),
  /** The municipality has no messaging, or the broker is not up. */
  NO_MESSAGING("KBN-MESSAGING-004"),
  /** No such queue in this municipality. */
  NO_SUCH_QUEUE("KBN-MESSAGING-005"),
  /** The queue was not empty in time. */
  DRAIN_TIMED_OUT("KBN-MESSAGING-006"),
  /** No such dead letter. */
  NO_SUCH_MESSAGE("KBN-MESSAGING-007"),
  /** Dead letters that name no address of this municipality stay. */
  NOT_REPLAYED("KBN-MESSAGING-008"),
  /** Neither all nor one message was named. */
  REPLAY_WHAT("KBN-MESSAGING-009"),
  /** Senders wait: the disk is full. */
  DISK_FULL("KBN-MESSAGING-010"),
  /** The broker stopped by itself, after an error of the disk. */
  BROKER_STOPPED("KBN-MESSAGING-011"),
  /** A file of messages is not whole. */
  DAMAGED_FILE("KBN-MESSAGING-012"),
  /** A file of messages is another municipality's. */
  NOT_OURS("KBN-MESSAGING-013"),
  /** Messages that a restore has put there could not be taken in. */
  NOT_RESTORED("KBN-MESSAGING-014");

  private final String code;

  MessagingCode(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
