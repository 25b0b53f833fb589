package org.kiban.backup.repository;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Large arrays that are used again: fresh ones of megabytes each would keep the collector busy for
 * half of the time. Only so many bytes are kept, since what lies here is lacking elsewhere. Safe
 * for several threads.
 */
public final class Buffers {

  private static final int STEP = 64 * 1024;

  private final long most;
  private final NavigableMap<Integer, Deque<byte[]>> free = new TreeMap<>();
  private long held;

  /** Holds nothing yet, and later no more than is spared for it. */
  public Buffers() {
    this(Repository.isLean() ? 12L << 20 : 64L << 20);
  }

  Buffers(long most) {
    this.most = most;
  }

  /** An array of at least that length; whatever is in it is old. */
  public byte[] take(int size) {
    int needed = Math.max(STEP, Math.addExact(size, STEP - 1) / STEP * STEP);
    synchronized (this) {
      Map.Entry<Integer, Deque<byte[]>> fits = free.ceilingEntry(needed);
      if (fits != null && fits.getKey() / 2 <= needed) {
        byte[] array = fits.getValue().pop();
        if (fits.getValue().isEmpty()) {
          free.remove(fits.getKey());
        }
        held -= array.length;
        return array;
      }
    }
    return new byte[needed];
  }

  /** Gives an array back that {@link #take} gave. */
  public synchronized void give(byte[] array) {
    if (held + array.length <= most) {
      free.computeIfAbsent(array.length, l -> new ArrayDeque<>()).push(array);
      held += array.length;
    }
  }

  /** Bytes that are kept for the next. */
  synchronized long held() {
    return held;
  }
}
