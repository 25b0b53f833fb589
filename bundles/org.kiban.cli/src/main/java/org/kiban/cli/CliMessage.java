package org.kiban.cli;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** What the client itself tells operators, while there is no node to tell it. */
enum CliMessage {
  /** No node listens. */
  NOT_RUNNING("KBN-CLI-001"),
  /** The operating system does not let this user in. */
  NOT_PERMITTED("KBN-CLI-002"),
  /** The node broke off before it said how the command ended. */
  BROKEN_OFF("KBN-CLI-003"),
  /** The node runs but does not know the command yet. */
  STARTING("KBN-CLI-004"),
  /** A console needs a terminal. */
  NO_TERMINAL("KBN-CLI-005"),
  /** Called wrongly. */
  USAGE("KBN-CLI-006");

  private final String code;

  CliMessage(String code) {
    this.code = code;
  }

  /**
   * The code, what happened and what to do, in two lines.
   *
   * @param locale the operator's
   * @param args for the placeholders
   */
  String describe(Locale locale, Object... args) {
    ResourceBundle texts =
        ResourceBundle.getBundle(
            "org.kiban.cli.messages",
            Locale.JAPANESE.getLanguage().equals(locale.getLanguage())
                ? Locale.JAPANESE
                : Locale.ROOT,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    return code
        + ": "
        + MessageFormat.format(texts.getString(code), args)
        + System.lineSeparator()
        + "  → "
        + MessageFormat.format(texts.getString(code + ".action"), args);
  }
}
