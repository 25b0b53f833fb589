package org.kiban.storage.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import javax.crypto.SecretKey;

/**
 * Reads one segment file. Uses a {@link RandomAccessFile}, because an interrupt of the calling
 * thread would close a channel. Not safe for threads.
 */
final class SegmentReader implements Closeable {

  private static final int SECTOR = 512;

  private final RandomAccessFile file;
  private final SegmentHeader header;
  private final SegmentCipher cipher;
  private final long limit;

  /**
   * @param limit bytes to look at, at most; the writer may be busy behind it
   * @throws IOException if it cannot be read, or its header is damaged
   */
  SegmentReader(Path path, SecretKey key, long limit) throws IOException {
    this.file = new RandomAccessFile(path.toFile(), "r");
    try {
      this.header = SegmentHeader.read(file, path, key);
      this.limit = Math.min(limit, file.length());
    } catch (IOException e) {
      file.close();
      throw e;
    }
    this.cipher = new SegmentCipher(key, header.salt());
  }

  SegmentHeader header() {
    return header;
  }

  /** Bytes that may be looked at. */
  long limit() {
    return limit;
  }

  /** The frame header at an offset, or null if there is none. */
  Frame frame(long offset) throws IOException {
    return Frame.decode(bytes(offset, Frame.HEADER_BYTES), 0, offset);
  }

  /**
   * What a frame holds.
   *
   * @throws DamagedException if the bytes are not the ones written
   */
  Frame.Content content(Frame frame) throws IOException {
    byte[] rest = bytes(frame.offset() + Frame.HEADER_BYTES, frame.length() + 1L);
    if (rest.length <= frame.length()) {
      throw new DamagedException(frame.position(), "the file ends inside it");
    }
    if (rest[frame.length()] != Frame.END) {
      throw new DamagedException(frame.position(), "its end mark is wrong");
    }
    return frame.open(cipher, java.util.Arrays.copyOf(rest, frame.length()));
  }

  /** Tells whether nothing was ever written from an offset on. */
  boolean blank(long offset) throws IOException {
    byte[] rest = bytes(offset, limit - offset);
    return zero(rest, 0, rest.length);
  }

  /**
   * Tells whether what stands at an offset is one write that a crash cut: the file ends inside it,
   * or a sector of it never reached the disk, and nothing follows. Anything else is damage.
   */
  boolean torn(long offset) throws IOException {
    if (next(offset + 1) >= 0) {
      return false;
    }
    byte[] rest = bytes(offset, limit - offset);
    Frame frame = Frame.decode(rest, 0, offset);
    if (frame != null && (frame.end() > limit || rest[(int) (frame.end() - 1 - offset)] == 0)) {
      return true;
    }
    int length = frame == null ? written(rest) : (int) (frame.end() - offset);
    if (length < Frame.HEADER_BYTES) {
      return true;
    }
    for (int from = 0; from < length; ) {
      int to = Math.min(length, from + SECTOR - (int) ((offset + from) % SECTOR));
      if (zero(rest, from, to)) {
        return true;
      }
      from = to;
    }
    return false;
  }

  /** The offset of the next place that looks like a frame, or -1. */
  long next(long offset) throws IOException {
    byte[] rest = bytes(offset, limit - offset);
    for (int i = 0; i <= rest.length - Frame.HEADER_BYTES; i++) {
      if (Frame.decode(rest, i, offset + i) != null) {
        return offset + i;
      }
    }
    return -1;
  }

  /** How many bytes stand before the zeros that the file was made longer with. */
  private static int written(byte[] bytes) {
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] == 0) {
      length--;
    }
    return length;
  }

  private byte[] bytes(long offset, long length) throws IOException {
    int wanted = (int) Math.max(0, Math.min(length, limit - offset));
    byte[] bytes = new byte[wanted];
    file.seek(offset);
    file.readFully(bytes);
    return bytes;
  }

  private static boolean zero(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
