package org.kiban.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The caller's terminal, through {@code stty}: Java has no other way without native code. */
final class Tty {

  /** A terminal that does not answer still shows something. */
  private static final String USUAL_SIZE = "24 80";

  boolean usable() {
    return !stty("size").isEmpty();
  }

  /**
   * A window's size in characters.
   *
   * @param columns its width
   * @param lines its height
   */
  record Size(int columns, int lines) {}

  Size size() {
    String answer = stty("size");
    String[] numbers = (answer.matches("[1-9][0-9]* [1-9][0-9]*") ? answer : USUAL_SIZE).split(" ");
    return new Size(Integer.parseInt(numbers[1]), Integer.parseInt(numbers[0]));
  }

  /** Takes line editing and echo from the terminal; answers what {@link #restore} needs. */
  String raw() {
    String before = stty("-g");
    stty("raw -echo");
    return before;
  }

  void restore(String before) {
    stty(before);
  }

  /** Empty if there is no terminal. */
  private String stty(String arguments) {
    try {
      Process process =
          new ProcessBuilder("sh", "-c", "stty " + arguments + " </dev/tty 2>/dev/null")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (InputStream answer = process.getInputStream()) {
        return new String(answer.readAllBytes(), StandardCharsets.UTF_8).strip();
      }
    } catch (IOException noShell) {
      return "";
    }
  }
}
