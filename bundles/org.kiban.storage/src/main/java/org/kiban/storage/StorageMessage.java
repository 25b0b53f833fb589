package org.kiban.storage;

import org.kiban.core.MessageCode;

/** What storage tells operators. */
public enum StorageMessage implements MessageCode {
  /** {0} file: another process has it open. */
  IN_USE(1),
  /** {0} file: not encrypted with the key of this municipality, or its first blocks are damaged. */
  WRONG_KEY(2),
  /** {0} file. */
  DAMAGED(3),
  /** {0} file, {1} script, {2} reason. */
  MIGRATION_FAILED(4),
  /** {0} file, {1} script. */
  SCRIPT_CHANGED(5),
  /** {0} file, {1} version of the file, {2} newest version known. */
  TOO_NEW(6),
  /** {0} file, {1} reason. */
  CANNOT_OPEN(7),
  /** {0} file that was there before, {1} file that says so. */
  MISSING(8);

  private final int number;

  StorageMessage(int number) {
    this.number = number;
  }

  @Override
  public String code() {
    return "KBN-STORAGE-%03d".formatted(number);
  }
}
