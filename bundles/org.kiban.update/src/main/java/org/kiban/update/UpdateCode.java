package org.kiban.update;

import org.kiban.core.MessageCode;

/** What update management tells operators; texts in {@code messages*.properties}. */
public enum UpdateCode implements MessageCode {
  /** Operators have named no root to trust. */
  NO_ANCHOR("KBN-UPDATE-001"),
  /** A file of metadata is malformed. */
  NOT_METADATA("KBN-UPDATE-002"),
  /** Too few of those who must sign did. */
  TOO_FEW_SIGNED("KBN-UPDATE-003"),
  /** A file is older than what this node has seen. */
  OLDER("KBN-UPDATE-004"),
  /** A file is past its time. */
  EXPIRED("KBN-UPDATE-005"),
  /** A file is longer than it may be. */
  TOO_LONG("KBN-UPDATE-006"),
  /** A file is not what was signed. */
  WRONG_HASH("KBN-UPDATE-007"),
  /** Two files of different states of the repository. */
  MIXED("KBN-UPDATE-008"),
  /** A file of the repository is not there. */
  MISSING("KBN-UPDATE-009"),
  /** A file cannot be read. */
  NOT_READ("KBN-UPDATE-010"),
  /** A file of this node cannot be written. */
  NOT_WRITTEN("KBN-UPDATE-011"),
  /** No folder is named, or not absolutely. */
  NO_FOLDER("KBN-UPDATE-012"),
  /** A value of the configuration cannot be used. */
  BAD_SETTING("KBN-UPDATE-013"),
  /** A package is not what the repository says. */
  OTHER_CONTENT("KBN-UPDATE-014"),
  /** There is not enough space for the files of updates. */
  NO_SPACE("KBN-UPDATE-015"),
  /** The clock is before the last import. */
  CLOCK_WENT_BACK("KBN-UPDATE-016"),
  /** No such update is offered. */
  NO_SUCH_UPDATE("KBN-UPDATE-017"),
  /** The file of an update is not here. */
  NOT_COPIED("KBN-UPDATE-018"),
  /** An update may not be applied now. */
  NOT_DUE("KBN-UPDATE-019"),
  /** An update was not kept. */
  RETURNED("KBN-UPDATE-020"),
  /** The node went down during an update. */
  CUT_OFF("KBN-UPDATE-021"),
  /** There is nothing to take back. */
  NOTHING_TO_UNDO("KBN-UPDATE-022"),
  /** The version before is no longer here. */
  NO_WAY_BACK("KBN-UPDATE-023"),
  /** No newer state of the repository came for long. */
  STALE("KBN-UPDATE-024"),
  /** An urgent update waits for somebody. */
  WAITING("KBN-UPDATE-025"),
  /** An update failed. */
  FAILED_ITEM("KBN-UPDATE-026"),
  /** No municipality asks for update management. */
  NOT_MANAGED("KBN-UPDATE-027"),
  /** No maintenance window will open. */
  NO_WINDOWS("KBN-UPDATE-028"),
  /** The state that is trusted ends soon or has ended. */
  EXPIRED_SOON("KBN-UPDATE-029"),
  /** The operating system is not managed by apt. */
  NO_APT("KBN-UPDATE-030"),
  /** apt or dpkg cannot say. */
  APT_FAILED("KBN-UPDATE-031"),
  /** The metadata of a source of security updates is old. */
  OS_STALE("KBN-UPDATE-032");

  private final String code;

  UpdateCode(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
