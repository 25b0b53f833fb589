package org.kiban.security;

import java.util.Locale;
import org.kiban.core.MessageCode;

/** What the security capability tells operators; the texts lie in {@code messages*.properties}. */
enum SecurityMessage implements MessageCode {
  /** {0} file: the master key is missing although keys wrapped by it exist. */
  MASTER_KEY_MISSING(1),
  /** {0} file of the wrapped key, {1} id of the key it needs, {2} id of the key we have. */
  MASTER_KEY_WRONG(2),
  /** {0} file: a wrapped key was changed or cut. */
  KEY_DAMAGED(3),
  /** {0} file, {1} reason: a file of the key store cannot be read or written. */
  STORE_UNUSABLE(4),
  /** {0} file, {1} reason: the operator's certificate or key is refused. */
  CERTIFICATE_REFUSED(5),
  /** {0} file, {1} reason: the users' file cannot be written. */
  USERS_UNWRITABLE(6),
  /** {0} subject, {1} days left. */
  CERTIFICATE_EXPIRING(7),
  /** {0} file: others than the owner may read it. */
  FILE_TOO_OPEN(8),
  /** {0} subject, {1} valid until. */
  CERTIFICATE_ISSUED(9),
  /** {0} user: an administrator was made at the first start. */
  ADMINISTRATOR_MADE(10),
  /** {0} file: a key was made. */
  KEY_MADE(11);

  private final int number;

  SecurityMessage(int number) {
    this.number = number;
  }

  @Override
  public String code() {
    return "KBN-SECURITY-%03d".formatted(number);
  }

  /** One line for the log: code and English text. */
  String logLine(Object... args) {
    return code() + ": " + text(Locale.ROOT, args);
  }
}
