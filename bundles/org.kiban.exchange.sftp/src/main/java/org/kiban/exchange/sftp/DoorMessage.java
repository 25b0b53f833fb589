package org.kiban.exchange.sftp;

import org.kiban.core.MessageCode;

/** What the SFTP server says to operators. Texts in {@code messages*.properties}. */
public enum DoorMessage implements MessageCode {
  /** {0} address, {1} reason. */
  NOT_OPEN("KBN-SFTP-001"),
  /** {0} user, {1} reason. */
  NO_CREDENTIALS("KBN-SFTP-002"),
  /** {0} setting, {1} value. */
  WRONG_SETTING("KBN-SFTP-003"),
  /** It does not listen. */
  SHUT("KBN-SFTP-004");

  private final String code;

  DoorMessage(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
