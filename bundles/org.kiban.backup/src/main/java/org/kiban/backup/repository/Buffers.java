package org.kiban.backup.repository;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Large arrays that are used again: fresh ones of megabytes each would keep the collector busy for
 * half of the time. By powers of two, from 64 KiB on. Safe for several threads.
 */
public final class Buffers {

  private static final int SMALLEST = 16;

  @SuppressWarnings({"unchecked", "rawtypes"})
  private final Queue<byte[]>[] free = new Queue[31 - SMALLEST];

  /** Holds nothing yet. */
  public Buffers() {
    for (int i = 0; i < free.length; i++) {
      free[i] = new ConcurrentLinkedQueue<>();
    }
  }

  private static int power(int size) {
    return Math.max(SMALLEST, 32 - Integer.numberOfLeadingZeros(size - 1));
  }

  /** An array of at least that length; whatever is in it is old. */
  public byte[] take(int size) {
    int power = power(Math.max(2, size));
    byte[] used = free[power - SMALLEST].poll();
    return used == null ? new byte[1 << power] : used;
  }

  /** Gives an array back that {@link #take} gave. */
  public void give(byte[] array) {
    free[power(array.length) - SMALLEST].add(array);
  }
}
