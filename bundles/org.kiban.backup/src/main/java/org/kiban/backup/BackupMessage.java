package org.kiban.backup;

import org.kiban.core.MessageCode;

/** What backups tell operators. */
public enum BackupMessage implements MessageCode {
  /** Location. */
  NO_REPOSITORY("KBN-BACKUP-001"),
  /** Location. */
  EXISTS("KBN-BACKUP-002"),
  /** Location. */
  WRONG_PASSWORD("KBN-BACKUP-003"),
  /** Location, version. */
  WRONG_VERSION("KBN-BACKUP-004"),
  /** Location, who, since when, id of the lock. */
  LOCKED("KBN-BACKUP-005"),
  /** Location, file, what is wrong. */
  DAMAGED("KBN-BACKUP-006"),
  /** Location, reason. */
  UNREACHABLE("KBN-BACKUP-007"),
  /** Location, what was asked for. */
  NO_SNAPSHOT("KBN-BACKUP-008"),
  /** Snapshot, how many files, the first and why. */
  PARTLY_SAVED("KBN-BACKUP-009"),
  /** Snapshot, how many files, the first and why. */
  PARTLY_RESTORED("KBN-BACKUP-010"),
  /** Location, number of problems, the first. */
  CHECK_FAILED("KBN-BACKUP-011"),
  /** Location. */
  OWN_KEY("KBN-BACKUP-012"),
  /** Snapshot, path. */
  NO_PATH("KBN-BACKUP-013"),
  /** What was typed, reason. */
  WRONG_RULE("KBN-BACKUP-014"),
  /** File, key, value. */
  WRONG_SETTING("KBN-BACKUP-015"),
  /** Path, reason. */
  FORBIDDEN_PATH("KBN-BACKUP-016"),
  /** Municipality. */
  NOT_ENABLED("KBN-BACKUP-017"),
  /** Target. */
  NOT_EMPTY("KBN-BACKUP-018"),
  /** File, reason. */
  WRONG_PASSWORD_FILE("KBN-BACKUP-019"),
  /** Municipality. */
  BUSY("KBN-BACKUP-020"),
  /** Location. */
  LOCK_LOST("KBN-BACKUP-021"),
  /** Key. */
  NO_KEY("KBN-BACKUP-022"),
  /** Job, those there are. */
  NO_JOB("KBN-BACKUP-040"),
  /** Program, reason. */
  HOOK_FAILED("KBN-BACKUP-041"),
  /** Location, fingerprint. */
  WRONG_HOST_KEY("KBN-BACKUP-042"),
  /** Location. */
  APPEND_ONLY("KBN-BACKUP-043"),
  /** Location. */
  NO_ROOM("KBN-BACKUP-044"),
  /** Location, reason. */
  NO_ACCESS("KBN-BACKUP-045"),
  /** Location, node it is of, this machine. */
  OTHER_NODE("KBN-BACKUP-050"),
  /** Data directory. */
  NOT_BLANK("KBN-BACKUP-051"),
  /** Location, number of problems, the first. */
  NOT_WHOLE("KBN-BACKUP-052"),
  /** Location, snapshot. */
  NO_NODE("KBN-BACKUP-053"),
  /** Data directory, repository and snapshot of the one that was begun. */
  OTHER_RESTORE("KBN-BACKUP-054"),
  /** None. */
  RESTORE_USAGE("KBN-BACKUP-055"),
  /** What was said, owner. */
  DRILL_RESTORE("KBN-BACKUP-060"),
  /** What was said, owner. */
  DRILL_START("KBN-BACKUP-061"),
  /** Municipality, what was said, owner. */
  DRILL_VERIFY("KBN-BACKUP-062"),
  /** What was said. */
  DRILL_NOT_ISOLATED("KBN-BACKUP-063"),
  /** Source, what its program said. */
  POSTGRESQL_FAILED("KBN-BACKUP-070"),
  /** How many places, of how many, the first and why. */
  PLACES_FAIL("KBN-BACKUP-080"),
  /** Location. */
  NOT_ITS_PASSWORD("KBN-BACKUP-081"),
  /** Place, those there are. */
  NO_PLACE("KBN-BACKUP-082"),
  /** Municipality, purpose, those there are. */
  NO_PURPOSE("KBN-BACKUP-083"),
  /** Location, municipality. */
  NOT_VERIFIED("KBN-BACKUP-084"),
  /** How many data sets, of how many, the first and why. */
  PARTLY_EXPORTED("KBN-BACKUP-085"),
  /** Location. */
  NO_HOST_KEY("KBN-BACKUP-086"),
  /** Municipality, how many messages, at least, at most, owner. */
  DRILL_MESSAGES("KBN-BACKUP-087"),
  /** Sources, owner, the next command. */
  WITHOUT("KBN-BACKUP-088"),
  /** What was typed. */
  NOT_ABSOLUTE("KBN-BACKUP-089");

  private final String code;

  BackupMessage(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
