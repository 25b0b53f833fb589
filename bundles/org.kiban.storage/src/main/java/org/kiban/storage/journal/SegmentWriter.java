package org.kiban.storage.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import javax.crypto.SecretKey;

/** Appends frames to the last segment. Used by one thread that nobody interrupts. */
final class SegmentWriter implements Closeable {

  private final Path path;
  private final FileChannel channel;
  private final SegmentCipher cipher;
  private final int aheadBytes;
  private long end;
  private long allocated;
  private boolean dirty;

  /**
   * @param end where the next frame goes; what stands behind it is cut off
   */
  SegmentWriter(Path path, SecretKey key, SegmentHeader header, long end, int aheadBytes)
      throws IOException {
    this.path = path;
    this.channel = FileChannel.open(path, StandardOpenOption.WRITE);
    this.cipher = new SegmentCipher(key, header.salt());
    this.aheadBytes = aheadBytes;
    this.end = end;
    this.allocated = channel.size();
    this.dirty = allocated > end;
    try {
      cut();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  Path path() {
    return path;
  }

  SegmentCipher cipher() {
    return cipher;
  }

  /** The length of what is durable. */
  long end() {
    return end;
  }

  /**
   * Writes a frame and syncs it.
   *
   * @throws IOException if it is not durable; the file is as before, or will be before the next
   */
  void write(ByteBuffer frame) throws IOException {
    if (dirty) {
      cut();
    }
    dirty = true;
    long to = end + frame.remaining();
    try {
      writeAhead(to);
      writeAll(frame, end);
      channel.force(false);
    } catch (IOException e) {
      try {
        cut();
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
    end = to;
    allocated = Math.max(allocated, to);
    dirty = false;
  }

  /** Cuts off what was written ahead or in vain. */
  void cut() throws IOException {
    if (dirty || allocated > end) {
      channel.truncate(end);
      channel.force(true);
      allocated = end;
      dirty = false;
    }
  }

  private void writeAhead(long to) throws IOException {
    if (aheadBytes == 0 || to <= allocated) {
      return;
    }
    ByteBuffer zeros = ByteBuffer.allocate(aheadBytes);
    try {
      writeAll(zeros, to);
      allocated = to + aheadBytes;
    } catch (IOException e) {
      // The disk has less than we asked for ahead; give it back, the frame itself may fit.
      channel.truncate(end);
      allocated = end;
    }
  }

  private void writeAll(ByteBuffer bytes, long at) throws IOException {
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      cut();
    } finally {
      channel.close();
    }
  }
}
