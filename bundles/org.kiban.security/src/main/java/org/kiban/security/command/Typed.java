package org.kiban.security.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.karaf.shell.api.console.Session;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.security.SecurityMessage;

/** What an operator types, or gives on standard input. */
final class Typed {

  private static final int LONGEST_BYTES = 1 << 18;

  private Typed() {}

  /** One value, not shown while it is typed; of standard input everything but a last line end. */
  static String secret(Session session, String prompt) throws IOException {
    if (session.getTerminal() != null) {
      try {
        return session.readLine(prompt, '*');
      } catch (UnsupportedOperationException e) {
        // A session without line editing, such as that of bin/kiban exec: its keyboard is a stream.
      }
    }
    InputStream keyboard = session.getKeyboard();
    ByteArrayOutputStream typed = new ByteArrayOutputStream();
    for (int b = keyboard.read(); b >= 0 && typed.size() < LONGEST_BYTES; b = keyboard.read()) {
      typed.write(b);
    }
    return withoutLineEnd(typed.toString(StandardCharsets.UTF_8));
  }

  /** The value in a file, without a last line end. */
  static String inFile(Path file) {
    try {
      return withoutLineEnd(Files.readString(file));
    } catch (IOException e) {
      throw new KibanException(
          e, Outcome.USAGE, SecurityMessage.STORE_UNUSABLE, file, e.getClass().getSimpleName());
    }
  }

  private static String withoutLineEnd(String text) {
    return text.replaceFirst("\\r?\\n$", "");
  }
}
