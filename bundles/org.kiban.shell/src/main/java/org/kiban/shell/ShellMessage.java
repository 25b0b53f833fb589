package org.kiban.shell;

import org.kiban.core.MessageCode;

/** What the shell itself tells operators; the texts lie in {@code messages*.properties}. */
enum ShellMessage implements MessageCode {
  /** {0} code: the caller's roles do not reach it. */
  NOT_YOURS("KBN-SHELL-001"),
  /** {0} codes: the caller may not ask for all municipalities at once. */
  NAME_ONE("KBN-SHELL-002");

  private final String code;

  ShellMessage(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
