package org.kiban.exchange.declaration;

/** The idempotency key: two files with the same one are the same delivery. */
public enum Identity {
  /** The provider's sequence number in the file's name or manifest. */
  SEQUENCE,
  /** The file's name. */
  FILE_NAME,
  /** The file's content. */
  CONTENT
}
