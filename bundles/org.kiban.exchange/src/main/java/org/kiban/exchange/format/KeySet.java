package org.kiban.exchange.format;

import java.io.IOException;
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
 * files. Up to some six hundred thousand keys lie in memory (16 MiB); more in a temporary file that
 * has no name any longer, where each takes 52 bytes at most.
 *
 * <p>A fingerprint's slot is told by its highest bits: a table that grows is copied from its start
 * to its end, without a jump.
 */
class KeySet {

  private static final int FIRST_BITS = 8;
  private static final int BITS_IN_MEMORY = 20;
  private static final int SEGMENT = 1 << 25;

  /** A table is not made larger than this (1 GiB) because of what is only expected. */
  private static final int MOST_BITS_EXPECTED = 26;

  private final long secret1;
  private final long secret2;
  private int bits = FIRST_BITS;
  private Table table;
  private long used;
  private long expected;
  private long touched;

  KeySet() {
    SecureRandom random = new SecureRandom();
    secret1 = random.nextLong();
    secret2 = random.nextLong();
  }

  /**
   * Gives a row the fingerprint of its key. May be called by another thread than the rest.
   *
   * @param columns of the key
   */
  void fingerprint(Row row, int[] columns) {
    long a = secret1;
    long b = secret2;
    for (int column : columns) {
      Row.Slice part = row.value(column);
      char[] chars = part.chars;
      int to = part.to;
      for (int i = part.from; i < to; ) {
        long word = 0;
        int stop = Math.min(to, i + 4);
        for (; i < stop; i++) {
          word = word << 16 | chars[i];
        }
        a = fold(a ^ word, secret2 | 1) + b;
        b = fold(b ^ word, secret1 | 1) ^ Long.rotateLeft(a, 23);
      }
      // The length keeps ("ab", "c") apart from ("a", "bc").
      a = fold(a ^ part.length(), 0x9E3779B97F4A7C15L);
      b = fold(b + part.length(), 0xC2B2AE3D27D4EB4FL) ^ a;
    }
    // Zero marks a free slot.
    row.key1 = a == 0 ? 1 : a;
    row.key2 = b;
    row.keyed = true;
  }

  private static long fold(long x, long y) {
    return x * y ^ Math.multiplyHigh(x, y);
  }

  /**
   * Looks where a row's key would stand. Done for many rows before the first {@link #add}, the
   * processor waits for all those places at once and not for one after the other.
   *
   * @throws InternalError if the disk of a table in a file has no room for it
   */
  void touch(Row row) {
    if (table != null) {
      touched ^= table.get((row.key1 >>> -bits) * 2);
    }
  }

  /**
   * Tells how many keys are likely to come in all: the table grows to their size at once, and not
   * by doubling until it has it. May be wrong.
   */
  void expect(long keys) {
    expected = keys;
  }

  /**
   * Adds a row's key.
   *
   * @return false if it was there
   * @throws IOException if there is no room for a larger table
   * @throws InternalError if the disk of a table in a file has no room for it
   */
  boolean add(Row row) throws IOException {
    if (table == null) {
      table = new Table(bits);
    }
    boolean isNew = insert(row.key1, row.key2);
    if (isNew && ++used * 8 > (5L << bits)) {
      grow();
    }
    return isNew;
  }

  private boolean insert(long first, long second) {
    Table in = table;
    long last = (1L << bits) - 1;
    long slot = first >>> -bits;
    while (true) {
      long there = in.get(slot * 2);
      if (there == 0) {
        in.put(slot * 2, first);
        in.put(slot * 2 + 1, second);
        return true;
      }
      if (there == first && in.get(slot * 2 + 1) == second) {
        return false;
      }
      slot = slot + 1 & last;
    }
  }

  private void grow() throws IOException {
    Table old = table;
    long slots = 1L << bits;
    int likely = Long.SIZE - Long.numberOfLeadingZeros(expected * 8 / 5);
    bits = Math.max(bits + 1, Math.min(likely, MOST_BITS_EXPECTED));
    table = new Table(bits);
    for (long slot = 0; slot < slots; slot++) {
      long first = old.get(slot * 2);
      if (first != 0) {
        insert(first, old.get(slot * 2 + 1));
      }
    }
  }

  /** Pairs of longs, in memory or in a file. */
  private static final class Table {
    private final long[] memory;
    private final LongBuffer[] file;

    Table(int bits) throws IOException {
      memory = bits <= BITS_IN_MEMORY ? new long[2 << bits] : null;
      file = memory == null ? map(2L << bits) : null;
    }

    long get(long index) {
      return memory != null
          ? memory[(int) index]
          : file[(int) (index / SEGMENT)].get((int) (index % SEGMENT));
    }

    void put(long index, long value) {
      if (memory != null) {
        memory[(int) index] = value;
      } else {
        file[(int) (index / SEGMENT)].put((int) (index % SEGMENT), value);
      }
    }

    private static LongBuffer[] map(long longs) throws IOException {
      Path path = Files.createTempFile("kiban-keys", null);
      try (FileChannel channel =
          FileChannel.open(
              path,
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
    }
  }
}
