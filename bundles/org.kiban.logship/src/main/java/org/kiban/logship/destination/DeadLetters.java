package org.kiban.logship.destination;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.kiban.core.storage.DurableFiles;

/**
 * Events that a destination will never take, kept for an operator. One file for each request, named
 * after its first event, so that a repeat replaces it.
 *
 * @param directory theirs alone
 */
record DeadLetters(Path directory, DurableFiles files) {

  private static final String SUFFIX = ".ndjson";

  /**
   * Keeps events; durable on return.
   *
   * @param first the id of the first of them
   * @param lines for each the reason and the event, each a line of JSON
   */
  void keep(String first, List<byte[]> lines) throws IOException {
    Files.createDirectories(directory);
    files.write(
        directory.resolve(first.replaceAll("[^0-9a-zA-Z.-]", "-") + SUFFIX),
        out -> {
          for (byte[] line : lines) {
            out.write(line);
          }
        });
  }

  /** How many events are kept. */
  long count() throws IOException {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    long lines = 0;
    try (Stream<Path> all = Files.list(directory)) {
      for (Path file : all.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
        try (Stream<String> of = Files.lines(file)) {
          lines += of.filter(l -> l.startsWith("{\"reason\"")).count();
        }
      }
    }
    return lines;
  }
}
