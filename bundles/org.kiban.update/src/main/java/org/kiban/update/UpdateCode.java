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
  NOT_WRITTEN("KBN-UPDATE-011");

  private final String code;

  UpdateCode(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
