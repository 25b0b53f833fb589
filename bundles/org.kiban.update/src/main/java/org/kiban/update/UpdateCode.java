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
  OS_STALE("KBN-UPDATE-032"),
  /** Management goes, or takes over a changed configuration. */
  CHANGING("KBN-UPDATE-033"),
  /** Somebody else than root could exchange the helper. */
  OS_HELPER_UNSAFE("KBN-UPDATE-101"),
  /** Nobody answers at the helper's socket. */
  OS_HELPER_AWAY("KBN-UPDATE-102"),
  /** The helper or apt refuses. */
  OS_APT_FAILED("KBN-UPDATE-103"),
  /** The helper did not say how it ended. */
  OS_NO_ANSWER("KBN-UPDATE-104"),
  /** A source offers older metadata than this node has seen. */
  OS_WENT_BACK("KBN-UPDATE-105"),
  /** A source offers two metadata that were signed at one moment. */
  OS_TWO_FACES("KBN-UPDATE-106"),
  /** The time of a source's metadata is over. */
  OS_OVER("KBN-UPDATE-107"),
  /** What is remembered of sources cannot be read. */
  OS_MEMORY("KBN-UPDATE-108"),
  /** Nothing is remembered of a source. */
  OS_NO_SUCH_SOURCE("KBN-UPDATE-109"),
  /** A package cannot be taken back by itself. */
  OS_NO_WAY_BACK("KBN-UPDATE-110"),
  /** apt failed, and changed something. */
  OS_PARTLY("KBN-UPDATE-111"),
  /** apt succeeded, and the version is not there. */
  OS_NOT_THERE("KBN-UPDATE-112"),
  /** An update of a package did not go through. */
  OS_STOPPED("KBN-UPDATE-113"),
  /** Packages are looked at and not applied. */
  OS_ONLY_LOOKED_AT("KBN-UPDATE-114"),
  /** Neither an update nor a lane was named. */
  NOTHING_NAMED("KBN-UPDATE-115"),
  /** Too many roles, or too deep. */
  TOO_MANY_ROLES("KBN-UPDATE-116"),
  /** A role that signs some of the targets is left out. */
  ROLE_LEFT_OUT("KBN-UPDATE-117"),
  /** An archive is no distribution, or not a whole one. */
  NO_DISTRIBUTION("KBN-UPDATE-201"),
  /** The node was not started by what could change its version. */
  NO_LAUNCHER("KBN-UPDATE-202"),
  /** Another change of the version has not ended. */
  ON_TRIAL("KBN-UPDATE-203"),
  /** The data has a format that the other version does not know. */
  OLDER_FORMAT("KBN-UPDATE-204"),
  /** A version on trial lacks what the one before had. */
  WORSE("KBN-UPDATE-205"),
  /** A version on trial did not get as far as to judge itself. */
  NOT_UP("KBN-UPDATE-206");

  private final String code;

  UpdateCode(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
