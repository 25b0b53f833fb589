package org.kiban.itests;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A consumer: looks into its directory at random moments, takes what it likes, whether its manifest
 * is there yet or not, and remembers under each name what it got, as often as it got it.
 */
final class Taker implements AutoCloseable {

  private static final int LONGEST_PAUSE_MS = 200;

  private final Path directory;
  private final Random random;
  private final Map<String, List<String>> taken = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::run, "taker");
  private volatile boolean over;
  private volatile boolean resting;

  Taker(Path directory, long seed) {
    this.directory = directory;
    this.random = new Random(seed);
    thread.start();
  }

  /** SHA-256 of everything taken, by name. */
  Map<String, List<String>> taken() {
    return taken;
  }

  /** Has it take nothing for a while, or begin again. */
  void rest(boolean rests) {
    resting = rests;
  }

  private void run() {
    while (!over) {
      try {
        if (!resting) {
          round();
        }
      } catch (IOException | DirectoryIteratorException e) {
        // Not there yet, or not to be written to just now.
      }
      Linkage.pause(random.nextInt(LONGEST_PAUSE_MS));
    }
  }

  private void round() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (Files.isRegularFile(file) && random.nextBoolean()) {
          take(file);
        }
      }
    }
  }

  private void take(Path file) throws IOException {
    String hash = Linkage.sha256(file);
    Files.delete(file);
    String name = file.getFileName().toString();
    taken.computeIfAbsent(name, n -> new CopyOnWriteArrayList<>()).add(hash);
  }

  @Override
  public void close() {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
