package org.kiban.backup.blank;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.kiban.backup.PasswordFile;

/**
 * Secrets from a file of the operator's, else from the terminal, else from the input, one a line in
 * the order in which they are asked for. Used by one thread.
 */
final class Asking {

  private BufferedReader input;

  /**
   * One line.
   *
   * @param file that holds it; null to ask
   * @param prompt what is asked for
   */
  String line(String file, String prompt) {
    return file == null ? asked(prompt) : PasswordFile.read(Path.of(file)).text();
  }

  /** As {@link #line}; a file may have several lines, as private keys do. */
  String text(String file, String prompt) {
    return file == null ? asked(prompt) : PasswordFile.text(Path.of(file));
  }

  private String asked(String prompt) {
    Console console = System.console();
    if (console != null) {
      return new String(console.readPassword("%s: ", prompt)).strip();
    }
    try {
      if (input == null) { // not closed: it is the process's
        input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      }
      String line = input.readLine();
      return line == null ? "" : line.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
