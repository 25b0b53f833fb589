package org.kiban.node.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.kiban.core.storage.DurableFiles;

/**
 * The configuration that the node works with, kept in {@code KIBAN_DATA} so that a file which turns
 * wrong while the node is down does not take anything away at the next start. Used by one thread.
 */
final class InForce {

  private final Path directory;
  private final DurableFiles files;
  private final Map<String, byte[]> contents = new HashMap<>();

  InForce(Path directory, DurableFiles files) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.files = files;
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.filter(e -> e.toString().endsWith(".cfg.json")).toList()) {
        contents.put(entry.getFileName().toString(), Files.readAllBytes(entry));
      }
    }
  }

  /** Contents by file name. */
  Map<String, byte[]> contents() {
    return Map.copyOf(contents);
  }

  /**
   * Makes other contents the ones in force; writes what differs.
   *
   * @throws IOException if it could not be written; it is tried again at the next call
   */
  void replace(Map<String, byte[]> next) throws IOException {
    for (Map.Entry<String, byte[]> entry : next.entrySet()) {
      if (!Arrays.equals(entry.getValue(), contents.get(entry.getKey()))) {
        files.write(directory.resolve(entry.getKey()), out -> out.write(entry.getValue()));
        contents.put(entry.getKey(), entry.getValue());
      }
    }
    for (String gone : Map.copyOf(contents).keySet()) {
      if (!next.containsKey(gone)) {
        files.delete(directory.resolve(gone));
        contents.remove(gone);
      }
    }
  }
}
