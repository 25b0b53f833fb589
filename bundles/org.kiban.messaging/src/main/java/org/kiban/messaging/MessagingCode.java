package org.kiban.messaging;

import org.kiban.core.MessageCode;

/** What messaging tells operators; texts in {@code messages*.properties}. */
public enum MessagingCode implements MessageCode {
  /** The broker does not start. */
  BROKER_FAILED("001"),
  /** The listener's port is taken or may not be bound. */
  PORT_UNAVAILABLE("002"),
  /** A value of the configuration cannot be used. */
  BAD_SETTING("003"),
  /** The municipality has no messaging, or the broker is not up. */
  NO_MESSAGING("004"),
  /** No such queue in this municipality. */
  NO_SUCH_QUEUE("005"),
  /** The queue was not empty in time. */
  DRAIN_TIMED_OUT("006"),
  /** No such dead letter. */
  NO_SUCH_MESSAGE("007"),
  /** Dead letters that name no address of this municipality stay. */
  NOT_REPLAYED("008"),
  /** Neither all nor one message was named. */
  REPLAY_WHAT("009"),
  /** Senders wait: the disk is full. */
  DISK_FULL("010"),
  /** The broker stopped by itself, after an error of the disk. */
  BROKER_STOPPED("011");

  private final String number;

  MessagingCode(String number) {
    this.number = number;
  }

  @Override
  public String code() {
    return "KBN-MESSAGING-" + number;
  }
}
