package org.kiban.storage;

import org.kiban.core.MessageCode;

/** What storage tells operators. */
public enum StorageMessage implements MessageCode {
  /** {0} file: another process has it open. */
  IN_USE("KBN-STORAGE-001"),
  /** {0} file: not encrypted with the key of this municipality, or its first blocks are damaged. */
  WRONG_KEY("KBN-STORAGE-002"),
  /** {0} file. */
  DAMAGED("KBN-STORAGE-003"),
  /** {0} file, {1} script, {2} reason. */
  MIGRATION_FAILED("KBN-STORAGE-004"),
  /** {0} file, {1} script. */
  SCRIPT_CHANGED("KBN-STORAGE-005"),
  /** {0} file, {1} version of the file, {2} newest version known. */
  TOO_NEW("KBN-STORAGE-006"),
  /** {0} file, {1} reason. */
  CANNOT_OPEN("KBN-STORAGE-007"),
  /** {0} file that was there before, {1} file that says so. */
  MISSING("KBN-STORAGE-008");

  private final String code;

  StorageMessage(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
