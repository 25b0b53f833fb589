package org.kiban.backup.repository;

import java.io.IOException;

/** A file of the repository is not what was written. */
public final class DamagedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String file;
  private final String reason;

  /**
   * Names the damage.
   *
   * @param file which, as below the repository, or a blob's id
   * @param reason what is wrong with it
   */
  public DamagedException(String file, String reason) {
    super(file + ": " + reason);
    this.file = file;
    this.reason = reason;
  }

  /** Which file or blob. */
  public String file() {
    return file;
  }

  /** What is wrong with it. */
  public String reason() {
    return reason;
  }
}
