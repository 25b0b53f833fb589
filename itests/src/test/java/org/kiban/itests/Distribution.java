package org.kiban.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The built archive, unpacked once for all tests that only read it. */
public final class Distribution {

  private static final Path WORK = Path.of(System.getProperty("kiban.work"));
  private static final Distribution SHARED = unpack(WORK.resolve("配布 物"));

  private final Path home;

  private Distribution(Path home) {
    this.home = home;
  }

  /** The one that all tests share; nobody writes to it. */
  public static Distribution shared() {
    return SHARED;
  }

  /** The archive as built. */
  public static Path archive() {
    return Path.of(System.getProperty("kiban.distribution"));
  }

  /** A folder for tests' files, removed by {@code mvn clean}. */
  public static Path work() {
    return WORK;
  }

  /**
   * Unpacks another one, for tests that change it.
   *
   * @param folder where to; emptied first
   */
  public static Distribution unpack(Path folder) {
    try {
      delete(folder);
      Files.createDirectories(folder);
      Shell.run(List.of("tar", "xzf", archive().toString(), "-C", folder.toString())).expect(0);
      return new Distribution(folder.resolve("kiban-" + System.getProperty("kiban.version")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code KIBAN_HOME}. */
  public Path home() {
    return home;
  }

  /** Deletes a folder with all that is in it; symbolic links are not followed. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
