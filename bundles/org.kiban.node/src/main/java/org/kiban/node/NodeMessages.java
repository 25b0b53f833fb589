package org.kiban.node;

import org.kiban.core.MessageCode;

/** What the node tells operators. */
public enum NodeMessages implements MessageCode {
  /** File, line, column. */
  INVALID_JSON("KBN-NODE-001"),
  /** File, key, hint. */
  UNKNOWN_KEY("KBN-NODE-002"),
  /** File, key, expected type. */
  WRONG_TYPE("KBN-NODE-003"),
  /** File, code as written, right last digit or nothing. */
  WRONG_CODE("KBN-NODE-004"),
  /** File, code, right file name. */
  WRONG_FILE_NAME("KBN-NODE-005"),
  /** File, capability, hint. */
  UNKNOWN_CAPABILITY("KBN-NODE-006"),
  /** File, key, value, allowed values. */
  UNKNOWN_VALUE("KBN-NODE-007"),
  /** File, code, the other file. */
  TWO_FILES("KBN-NODE-008"),
  /** File, key. */
  MISSING_KEY("KBN-NODE-009"),
  /** File, byte offset. */
  NOT_UTF8("KBN-NODE-010"),
  /** File, key. */
  NESTED("KBN-NODE-011"),
  /** File, key, line. */
  DUPLICATE_KEY("KBN-NODE-012"),
  /** File, reason. */
  UNREADABLE("KBN-NODE-013"),
  /** File. */
  PLAIN_CFG("KBN-NODE-014"),
  /** Directory. */
  ETC_EMPTY("KBN-NODE-015"),
  /** File, name, hint. */
  NOBODY_READS("KBN-NODE-016"),
  /** Capability, reason, seconds to the next attempt. */
  INSTALL_FAILED("KBN-NODE-020"),
  /** Capability, reason, seconds to the next attempt. */
  REMOVE_FAILED("KBN-NODE-021"),
  /** Capability, municipality. */
  UNAVAILABLE("KBN-NODE-022"),
  /** Capability, municipality, reason. */
  CAPABILITY_FAILED("KBN-NODE-023"),
  /** PID, reason. */
  CONFIGURE_FAILED("KBN-NODE-024"),
  /** Reason. */
  STATE_UNWRITABLE("KBN-NODE-025"),
  /** Code as typed. */
  NOT_A_CODE("KBN-NODE-030"),
  /** Code. */
  NOT_SERVED("KBN-NODE-031"),
  /** Code. */
  NO_FILE_NO_SAMPLE("KBN-NODE-032"),
  /** Capability as typed, hint. */
  NO_SUCH_CAPABILITY("KBN-NODE-033"),
  /** What is not yet there, seconds waited. */
  NOT_YET("KBN-NODE-034"),
  /** State, reason. */
  NOT_READY("KBN-NODE-035"),
  /** File, reason. */
  NOT_WRITTEN("KBN-NODE-036"),
  /** {0} code of a municipality that a file declares and switches off. */
  SWITCHED_OFF("KBN-NODE-037"),
  /** What: kind, name, and what has become of it. */
  NOT_AS_DESIRED("KBN-NODE-040"),
  /** What: kind, name, and what has become of it. */
  EDITED("KBN-NODE-041");

  private final String code;

  NodeMessages(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
