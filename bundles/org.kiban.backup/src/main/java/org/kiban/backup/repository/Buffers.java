package org.kiban.backup.repository;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Large arrays that are used again: fresh ones of megabytes each would keep the collector busy for
 * half of the time. Only so many bytes are kept, since what lies here is lacking elsewhere; what
 * was not asked for longest goes first. Safe for several threads.
 */
public final class Buffers {

  private static final int STEP = 64 * 1024;

  private final long most;
  private final Deque<byte[]> free = new ArrayDeque<>();
  private long held;

  /** Holds nothing yet, and later no more than is spared for it. */
  public Buffers() {
    this(Repository.isLean() ? 12L << 20 : 64L << 20);
  }

  Buffers(long most) {
    this.most = most;
  }

  /** Few lengths, so that most arrays fit again, each with room for what is wrapped around. */
  private static int room(int size) {
    int room = STEP;
    while (room + STEP < size) {
      room = Math.multiplyExact(room, 2);
    }
    return size <= STEP ? STEP : room + STEP;
  }

  /** An array of at least that length; whatever is in it is old. */
  public byte[] take(int size) {
    int needed = room(size);
    synchronized (this) {
      byte[] fits = null;
      for (byte[] array : free) {
        if (array.length >= needed
            && array.length / 2 <= needed
            && (fits == null || array.length < fits.length)) {
          fits = array;
          if (array.length == needed) {
            break;
          }
        }
      }
      if (fits != null) {
        free.removeFirstOccurrence(fits); // arrays equal themselves only
        held -= fits.length;
        return fits;
      }
    }
    return new byte[needed];
  }

  /** Gives an array back that {@link #take} gave. */
  public synchronized void give(byte[] array) {
    free.push(array);
    held += array.length;
    while (held > most) {
      held -= free.removeLast().length;
    }
  }

  /** Bytes that are kept for the next. */
  synchronized long held() {
    return held;
  }
}
