package org.kiban.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What of the caller's environment shapes the answer: language and terminal. */
final class ClientEnvironment {

  private static final String LANGUAGE = "KIBAN_LANG";
  private static final List<String> LANGUAGE_VARIABLES =
      List.of(LANGUAGE, "LC_ALL", "LC_MESSAGES", "LANG");

  private static final int USUAL_COLUMNS = 80;
  private static final int USUAL_LINES = 24;

  private final Map<String, String> variables;

  ClientEnvironment(Map<String, String> variables) {
    this.variables = variables;
  }

  /**
   * The operator's language as the caller says it; empty if it does not. {@code bin/kiban} gives
   * the Java process the locale C.UTF-8 to read every file name, so that one says nothing.
   */
  String language() {
    return LANGUAGE_VARIABLES.stream()
        .map(name -> variables.getOrDefault(name, ""))
        .filter(value -> !value.isBlank() && !value.matches("(C|POSIX)(\\..*)?"))
        .findFirst()
        .orElse("");
  }

  /** The language of the client's own messages: Japanese unless the caller says another. */
  Locale locale() {
    return language().isEmpty() || language().startsWith("ja") ? Locale.JAPANESE : Locale.ENGLISH;
  }

  /** What the node puts into the session. */
  Map<String, String> toSend() {
    Map<String, String> sent = new TreeMap<>();
    if (!language().isEmpty()) {
      sent.put(LANGUAGE, language());
    }
    if (variables.containsKey("TERM")) {
      sent.put("TERM", variables.get("TERM"));
    }
    return sent;
  }

  /** The terminal's width in characters, as the caller says or as is usual. */
  int columns() {
    return number("COLUMNS", USUAL_COLUMNS);
  }

  /** The terminal's height in characters, as the caller says or as is usual. */
  int lines() {
    return number("LINES", USUAL_LINES);
  }

  private int number(String name, int usual) {
    String value = variables.getOrDefault(name, "");
    return value.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(value) : usual;
  }
}
