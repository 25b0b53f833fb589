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
  /** A listener cannot be opened. */
  NOT_LISTENING("KBN-LOGSHIP-050"),
  /** The authority of a sender cannot be read. */
  PEER_UNREADABLE("KBN-LOGSHIP-051"),
  /** The room for what was received is used up. */
  RECEIVED_FULL("KBN-LOGSHIP-052"),
  /** What was received is not passed on. */
  NOT_PASSED_ON("KBN-LOGSHIP-053");

  private final String code;

  LogCode(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
