package org.kiban.messaging;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.kiban.core.backup.BackupSource.Staging;

/**
 * The broker's files as of one moment, kept apart for as long as somebody reads messages out of
 * them. They hold those of all municipalities, so they lie with the node's and go into no backup.
 */
final class BrokerCopy implements Staging, Closeable {

  private final Path live;
  private final Path copy;

  /**
   * Copies nothing yet.
   *
   * @param live the broker's files
   * @param copy a directory of its own on the same disk; what lies there is removed
   */
  BrokerCopy(Path live, Path copy) {
    this.live = live;
    this.copy = copy;
  }

  Path directory() {
    return copy;
  }

  /** Copies; senders wait meanwhile. */
  void take(Broker broker) throws IOException {
    close();
    Files.createDirectories(
        copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    broker.copy(live, this);
  }

  @Override
  public Path standIn(Path file) throws IOException {
    Path place = copy.resolve(live.relativize(file));
    Files.createDirectories(place.getParent());
    return place;
  }

  @Override
  public void keep(Path file) throws IOException {
    try {
      Files.createLink(standIn(file), file);
    } catch (NoSuchFileException ignored) {
      return; // taken meanwhile
    }
  }

  @Override
  public void close() throws IOException {
    if (Files.exists(copy)) {
      List<Path> all;
      try (Stream<Path> walk = Files.walk(copy)) {
        all = walk.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : all) {
        Files.delete(path);
      }
    }
  }
}
