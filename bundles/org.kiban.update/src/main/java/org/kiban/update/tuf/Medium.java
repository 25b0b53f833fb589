package org.kiban.update.tuf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.update.UpdateCode;

/**
 * A folder or a medium with a repository: {@code metadata/} and {@code targets/}. Nothing in it is
 * believed; what is read is bounded.
 *
 * @param folder where it lies
 */
record Medium(Path folder) {

  /**
   * Reads a file of metadata.
   *
   * @param most bytes that are read; one more is refused
   * @return empty if it is not there
   */
  Optional<byte[]> metadata(String name, long most) {
    Path file = folder.resolve("metadata").resolve(name);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(Math.toIntExact(most + 1));
      if (content.length > most) {
        throw new KibanException(Outcome.REFUSED, UpdateCode.TOO_LONG, name, String.valueOf(most));
      }
      return Optional.of(content);
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, UpdateCode.NOT_READ, file, e.toString());
    }
  }

  /** As {@link #metadata}, but it must be there. */
  byte[] need(String name, long most) {
    return metadata(name, most)
        .orElseThrow(() -> missing(folder.resolve("metadata").resolve(name)));
  }

  /** Where a target lies, below {@code targets/} whatever its name says. */
  Path target(String path) {
    Path root = folder.resolve("targets").toAbsolutePath().normalize();
    try {
      Path file = root.resolve(path).normalize();
      if (!file.startsWith(root) || !Files.isRegularFile(file)) {
        throw missing(file);
      }
      return file;
    } catch (InvalidPathException e) {
      throw missing(root);
    }
  }

  private static KibanException missing(Path file) {
    return new KibanException(Outcome.REFUSED, UpdateCode.MISSING, file);
  }
}
