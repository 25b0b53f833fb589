package org.kiban.route.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.route.RouteMessage;

/** Files that an operator names. */
final class Disk {

  private static final long MOST_BYTES = 1 << 20;

  private Disk() {}

  /**
   * Reads a file.
   *
   * @throws KibanException (usage) if it cannot be read, or is far too large for a route
   */
  static byte[] read(String file) {
    try {
      Path path = Path.of(file);
      if (Files.size(path) > MOST_BYTES) {
        throw new KibanException(Outcome.REFUSED, RouteMessage.TOO_LARGE, file, MOST_BYTES);
      }
      return Files.readAllBytes(path);
    } catch (IOException | InvalidPathException e) {
      String reason =
          e instanceof NoSuchFileException
              ? "no such file"
              : e.getClass().getSimpleName() + ": " + e.getMessage();
      throw new KibanException(e, Outcome.USAGE, RouteMessage.NOT_READ, file, reason);
    }
  }

  static String name(String file) {
    return String.valueOf(Path.of(file).getFileName());
  }
}
