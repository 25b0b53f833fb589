package org.kiban.security;

import java.util.Locale;
import org.kiban.core.MessageCode;

/** What the security capability tells operators; the texts lie in {@code messages*.properties}. */
public enum SecurityMessage implements MessageCode {
  /** {0} file: the master key is missing although keys wrapped by it exist. */
  MASTER_KEY_MISSING("KBN-SECURITY-001"),
  /** {0} file of the wrapped key, {1} id of the key it needs, {2} id of the key we have. */
  MASTER_KEY_WRONG("KBN-SECURITY-002"),
  /** {0} file: a wrapped key was changed or cut. */
  KEY_DAMAGED("KBN-SECURITY-003"),
  /** {0} file, {1} reason: a file of the key store cannot be read or written. */
  STORE_UNUSABLE("KBN-SECURITY-004"),
  /** {0} file, {1} reason: the operator's certificate or key is refused. */
  CERTIFICATE_REFUSED("KBN-SECURITY-005"),
  /** {0} file, {1} reason: the users' file cannot be written. */
  USERS_UNWRITABLE("KBN-SECURITY-006"),
  /** {0} subject, {1} days left. */
  CERTIFICATE_EXPIRING("KBN-SECURITY-007"),
  /** {0} file: others than the owner may read it. */
  FILE_TOO_OPEN("KBN-SECURITY-008"),
  /** {0} subject, {1} valid until. */
  CERTIFICATE_ISSUED("KBN-SECURITY-009"),
  /** {0} user: an administrator was made at the first start. */
  ADMINISTRATOR_MADE("KBN-SECURITY-010"),
  /** {0} file: a key was made. */
  KEY_MADE("KBN-SECURITY-011"),
  /** {0} file: a secret was changed, cut, or copied from elsewhere. */
  SECRET_DAMAGED("KBN-SECURITY-012"),
  /** {0} the name that is none. */
  SECRET_NAME("KBN-SECURITY-013"),
  /** {0} the longest value in characters. */
  SECRET_VALUE("KBN-SECURITY-014"),
  /** {0} municipality, {1} name. */
  SECRET_UNKNOWN("KBN-SECURITY-015"),
  /** {0} municipality, {1} name. */
  SECRET_THERE("KBN-SECURITY-016");

  private final String code;

  SecurityMessage(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }

  /** One line for the log: code and English text. */
  String logLine(Object... args) {
    return code() + ": " + text(Locale.ROOT, args);
  }
}
