package org.kiban.itests.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Business systems that take their files away as soon as they see them, whatever happens to the
 * node meanwhile. A file that came twice would be taken twice.
 */
final class Taker implements AutoCloseable {

  private final List<Path> directories;
  private final Map<String, List<byte[]>> taken = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor();

  Taker(List<Path> directories) {
    this.directories = directories;
    clockwork.scheduleWithFixedDelay(this::take, 0, 20, TimeUnit.MILLISECONDS);
  }

  private void take() {
    for (Path directory : directories) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.{csv,json}")) {
        for (Path file : files) {
          if (file.toString().endsWith(".csv")) {
            taken
                .computeIfAbsent(key(directory, file.getFileName().toString()), k -> list())
                .add(Files.readAllBytes(file));
          }
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static List<byte[]> list() {
    return new ArrayList<>();
  }

  private static String key(Path directory, String name) {
    return directory + "/" + name;
  }

  /** How many files were taken. */
  int count() {
    return taken.values().stream().mapToInt(List::size).sum();
  }

  /** Whether each consumer took a file exactly once, with this content. */
  boolean once(String name, byte[] content) {
    return directories.stream()
        .map(d -> taken.getOrDefault(key(d, name), List.of()))
        .allMatch(all -> all.size() == 1 && Arrays.equals(all.get(0), content));
  }

  @Override
  public void close() {
    clockwork.shutdown();
  }
}
