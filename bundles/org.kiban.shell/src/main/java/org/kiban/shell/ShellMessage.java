package org.kiban.shell;

import org.kiban.core.MessageCode;

/** What the shell itself tells operators; the texts lie in {@code messages*.properties}. */
enum ShellMessage implements MessageCode {
  /** {0} code: the caller's roles do not reach it. */
  NOT_YOURS("KBN-SHELL-001"),
  /** {0} codes: the caller may not ask for all municipalities at once. */
  NAME_ONE("KBN-SHELL-002"),
  /** {0} what was typed: it is no time. */
  BAD_TIME("KBN-SHELL-003"),
  /** {0} what was typed: nobody can be shown so many. */
  BAD_LIMIT("KBN-SHELL-004");

  private final String code;

  ShellMessage(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
