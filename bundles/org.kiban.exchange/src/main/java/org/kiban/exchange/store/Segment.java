package org.kiban.exchange.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** A segment that contents are still appended to. Guarded by its store. */
final class Segment implements Closeable {

  static final String SUFFIX = ".seg";
  private static final int FULL = 64 << 20;

  private final String name;
  private final Instant begun;
  private final FileChannel channel;
  private boolean unsynced;

  Segment(Path directory, String name) throws IOException {
    this.name = name;
    this.begun = Instant.now();
    this.channel =
        FileChannel.open(
            directory.resolve(name + SUFFIX),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE);
  }

  String name() {
    return name;
  }

  boolean begunBefore(Instant time) {
    return begun.isBefore(time);
  }

  boolean isFull() throws IOException {
    return channel.position() > FULL;
  }

  /** Appends a content and gives its reference. */
  String append(ByteBuffer content) throws IOException {
    long offset = channel.position();
    try {
      while (content.hasRemaining()) {
        channel.write(content);
      }
    } catch (IOException e) {
      // Nobody refers to what was written of it: the next content takes its place.
      channel.truncate(offset);
      throw e;
    }
    unsynced = true;
    return name + ":" + offset;
  }

  void sync() throws IOException {
    if (unsynced) {
      channel.force(false);
      unsynced = false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
