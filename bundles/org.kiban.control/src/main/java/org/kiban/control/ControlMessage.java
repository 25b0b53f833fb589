package org.kiban.control;

import org.kiban.core.MessageCode;

/** What the control door tells operators. */
enum ControlMessage implements MessageCode {
  /** Another node holds this data directory's socket. */
  ALREADY_OPEN("KBN-CONTROL-001"),
  /** The socket cannot be made. */
  CANNOT_OPEN("KBN-CONTROL-002"),
  /** The client speaks another version of the protocol. */
  OTHER_VERSION("KBN-CONTROL-003"),
  /** There is no such command, or the user may not see it. */
  UNKNOWN_COMMAND("KBN-CONTROL-004"),
  /** The user may not call this command. */
  NOT_PERMITTED("KBN-CONTROL-005"),
  /** The command line cannot be read. */
  WRONG_SYNTAX("KBN-CONTROL-006"),
  /** The command failed in a way that has no code of its own. */
  COMMAND_FAILED("KBN-CONTROL-007"),
  /** The command was interrupted. */
  INTERRUPTED("KBN-CONTROL-008"),
  /** The door is open. */
  OPEN("KBN-CONTROL-009"),
  /** A command access list could not be written. */
  ROLES_NOT_WRITTEN("KBN-CONTROL-010"),
  /** An argument or option of a command is missing, unknown or unreadable. */
  WRONG_CALL("KBN-CONTROL-011");

  private final String code;

  ControlMessage(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
