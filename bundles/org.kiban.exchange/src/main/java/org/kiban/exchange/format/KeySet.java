package org.kiban.exchange.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;

/**
 * The keys seen in a file, as 128-bit fingerprints under a secret of this run: no key is kept in
 * memory or on disk, and among a thousand million keys two fall together by chance once in 10²⁰
 * files. Up to half a million keys lie in memory (16 MiB); more in a temporary file that has no
 * name any longer, where each takes 32 bytes at most.
 */
final class KeySet implements AutoCloseable {

  private static final int IN_MEMORY = 1 << 20;
  private static final int SEGMENT = 1 << 25;

  private final long secret1;
  private final long secret2;
  private long hash1;
  private long hash2;
  private LongBuffer[] table = {LongBuffer.allocate(2 << 12)};
  private long slots = 1 << 12;
  private long used;

  KeySet() {
    SecureRandom random = new SecureRandom();
    secret1 = random.nextLong();
    secret2 = random.nextLong();
    begin();
  }

  private void begin() {
    hash1 = secret1;
    hash2 = secret2;
  }

  /** Takes one part of the key in hand. */
  void mix(Row.Slice part) {
    long a = hash1;
    long b = hash2;
    for (int i = part.from; i < part.to; ) {
      long word = 0;
      int stop = Math.min(part.to, i + 4);
      for (; i < stop; i++) {
        word = word << 16 | part.chars[i];
      }
      a = fold(a ^ word, secret2 | 1) + b;
      b = fold(b ^ word, secret1 | 1) ^ Long.rotateLeft(a, 23);
    }
    // The length keeps ("ab", "c") apart from ("a", "bc").
    hash1 = fold(a ^ part.length(), 0x9E3779B97F4A7C15L);
    hash2 = fold(b + part.length(), 0xC2B2AE3D27D4EB4FL) ^ hash1;
  }

  private static long fold(long x, long y) {
    return x * y ^ Math.multiplyHigh(x, y);
  }

  /**
   * Adds the key in hand, and begins the next.
   *
   * @return false if it was there
   */
  boolean add() {
    // Zero marks a free slot.
    long first = hash1 == 0 ? 1 : hash1;
    boolean isNew = insert(first, hash2);
    begin();
    if (isNew && ++used * 2 > slots) {
      grow();
    }
    return isNew;
  }

  private boolean insert(long first, long second) {
    long slot = first & slots - 1;
    while (true) {
      long index = slot * 2;
      LongBuffer segment = table[(int) (index / SEGMENT)];
      int at = (int) (index % SEGMENT);
      long there = segment.get(at);
      if (there == 0) {
        segment.put(at, first);
        segment.put(at + 1, second);
        return true;
      }
      if (there == first && segment.get(at + 1) == second) {
        return false;
      }
      slot = slot + 1 & slots - 1;
    }
  }

  private void grow() {
    LongBuffer[] old = table;
    slots *= 2;
    table = allocate(slots * 2);
    for (LongBuffer segment : old) {
      for (int i = 0; i < segment.capacity(); i += 2) {
        if (segment.get(i) != 0) {
          insert(segment.get(i), segment.get(i + 1));
        }
      }
    }
  }

  private static LongBuffer[] allocate(long longs) {
    if (longs <= IN_MEMORY * 2L) {
      return new LongBuffer[] {LongBuffer.allocate((int) longs)};
    }
    try {
      Path file = Files.createTempFile("kiban-keys", null);
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        LongBuffer[] segments = new LongBuffer[(int) Math.max(1, longs / SEGMENT)];
        for (int i = 0; i < segments.length; i++) {
          long bytes = Math.min(longs, SEGMENT) * Long.BYTES;
          MappedByteBuffer map =
              channel.map(FileChannel.MapMode.READ_WRITE, i * (long) SEGMENT * Long.BYTES, bytes);
          segments[i] = map.order(ByteOrder.nativeOrder()).asLongBuffer();
        }
        return segments;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    table = new LongBuffer[0];
  }
}
