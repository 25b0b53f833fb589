package org.kiban.logship;

import org.kiban.core.MessageCode;

/**
 * What log shipping tells operators; texts in {@code messages*.properties}. Sources and shipping
 * have 001 to 049, destinations and receivers 050 to 099.
 */
public enum LogCode implements MessageCode {
  /** A line of the configuration is not of its form. */
  BAD_LINE("KBN-LOGSHIP-001"),
  /** A key is missing in a line of the configuration. */
  MISSING_KEY("KBN-LOGSHIP-002"),
  /** A value of a line of the configuration cannot be used. */
  BAD_VALUE("KBN-LOGSHIP-003"),
  /** A destination contradicts what was sent to it. */
  CONTRADICTED("KBN-LOGSHIP-004"),
  /** Bytes were gone before they could be sent. */
  LOST("KBN-LOGSHIP-005"),
  /** A destination will never take a segment. */
  REFUSED("KBN-LOGSHIP-006"),
  /** A destination cannot be reached, or does not acknowledge. */
  NOT_REACHED("KBN-LOGSHIP-007"),
  /** The municipality ships no logs. */
  NOT_ENABLED("KBN-LOGSHIP-008"),
  /** Two lines of the configuration have one name. */
  TWICE("KBN-LOGSHIP-009"),
  /** A source cannot be looked at. */
  SOURCE_FAILED("KBN-LOGSHIP-010"),
  /** The record of what was sent is damaged, or a destination contradicts it. */
  NOT_VERIFIED("KBN-LOGSHIP-011"),
  /** No destination has that name. */
  NO_SUCH_DESTINATION("KBN-LOGSHIP-012"),
  /** The municipality has no local store. */
  NO_LOCAL("KBN-LOGSHIP-013"),
  /** Something was sent and is not stored, or never was sent. */
  GAPS("KBN-LOGSHIP-015"),
  /** The state of log shipping cannot be read or written. */
  STATE_FAILED("KBN-LOGSHIP-016"),
  /** Bytes have been waiting for long. */
  BEHIND("KBN-LOGSHIP-017"),
  /** A destination refused events for good. */
  DEAD("KBN-LOGSHIP-018"),
  /** The journal of systemd let go of entries before they were read. */
  JOURNAL_LOST("KBN-LOGSHIP-019"),
  /** Why a loss is accepted was not said. */
  NO_REASON("KBN-LOGSHIP-020"),
  /** A listener cannot be opened. */
  NOT_LISTENING("KBN-LOGSHIP-050"),
  /** The authority of a sender cannot be read. */
  PEER_UNREADABLE("KBN-LOGSHIP-051"),
  /** The room for what was received is used up. */
  RECEIVED_FULL("KBN-LOGSHIP-052"),
  /** What was received is not passed on. */
  NOT_PASSED_ON("KBN-LOGSHIP-053"),
  /** A password of a destination is not kept. */
  NO_SECRET("KBN-LOGSHIP-054");

  private final String code;

  LogCode(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
