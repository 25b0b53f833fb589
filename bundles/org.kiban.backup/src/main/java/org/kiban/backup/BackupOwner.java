package org.kiban.backup;

/** Somebody who has a backup, while the configuration says so. */
interface BackupOwner {

  /** Does the backup. */
  BackupAgent agent();
}
