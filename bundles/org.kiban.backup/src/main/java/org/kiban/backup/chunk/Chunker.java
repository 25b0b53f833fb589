package org.kiban.backup.chunk;

/**
 * Finds where a file is cut: after a byte where the low 20 bits of the Rabin fingerprint of the
 * last 64 bytes are zero, no piece below 512 KiB but the last, none above 8 MiB. Immutable, so safe
 * for several threads.
 *
 * <p>The fingerprint depends on the 64 bytes alone, so that four stretches are searched at a time:
 * each waits for its own table look-up only.
 */
public final class Chunker {

  /** The shortest piece. */
  public static final int MIN = 512 * 1024;

  /** The longest piece. */
  public static final int MAX = 8 * 1024 * 1024;

  private static final int WINDOW = 64;
  private static final int SPLIT = (1 << 20) - 1;
  private static final int LANE = 16 * 1024;
  private static final int BLOCK = 4 * LANE;
  private static final int BYTE = 0xff;
  private static final int GONE = BYTE + 1;

  /**
   * What the highest byte leaves of itself when it is divided, and behind it what a gone one was.
   */
  private final long[] table = new long[2 * GONE];

  /** Cuts by a repository's polynomial. */
  public Chunker(long polynomial) {
    for (int b = 0; b <= BYTE; b++) {
      table[b] = Polynomial.mod((long) b << Polynomial.DEGREE, polynomial) | (long) b << 53;
      long hash = Polynomial.mod(b, polynomial);
      for (int i = 0; i < WINDOW; i++) {
        hash = Polynomial.mod(hash << 8, polynomial);
      }
      table[GONE + b] = hash;
    }
  }

  /**
   * Returns the length of the first piece, or -1 if more bytes are needed to tell.
   *
   * @param from where the piece begins
   * @param known how many of its bytes were there when it was asked for before, in vain; else 0
   * @param to where what was read ends
   * @param end whether the file ends there
   */
  public int cut(byte[] in, int from, int known, int to, boolean end) {
    int available = Math.min(to - from, MAX);
    boolean last = end || available == MAX;
    int first = MIN - 1;
    int at = from + first + searched(known - first);
    int limit = last ? from + available : from + first + searched(available - first);
    for (; limit - at >= BLOCK; at += BLOCK) {
      int found = four(in, at);
      if (found >= 0) {
        return found + 1 - from;
      }
    }
    int found = at < limit ? one(in, at, limit) : -1;
    if (found >= 0) {
      return found + 1 - from;
    }
    return last ? available : -1;
  }

  /** While more is to come only whole blocks are searched, since four lanes are the quicker way. */
  private static int searched(int length) {
    return Math.max(0, length) / BLOCK * BLOCK;
  }

  private long before(byte[] in, int at) {
    long d = 0;
    for (int i = at - WINDOW; i < at; i++) {
      d = (d << 8 | in[i] & BYTE) ^ table[(int) (d >>> 45)];
    }
    return d;
  }

  /** The first position after whose byte the fingerprint is zero, or -1. */
  private int one(byte[] in, int from, int to) {
    long d = before(in, from);
    for (int i = from; i < to; i++) {
      d = (d << 8 ^ in[i] & BYTE ^ table[GONE + (in[i - WINDOW] & BYTE)]) ^ table[(int) (d >>> 45)];
      if ((d & SPLIT) == 0) {
        return i;
      }
    }
    return -1;
  }

  /** The same for a block. */
  private int four(byte[] in, int from) {
    // A copy of a length that the compiler knows, so that it need not check the look-ups.
    long[] t = new long[2 * GONE];
    System.arraycopy(table, 0, t, 0, t.length);
    long p = before(in, from);
    long q = before(in, from + LANE);
    long r = before(in, from + 2 * LANE);
    long s = before(in, from + 3 * LANE);
    for (int i = from; i < from + LANE; i++) {
      p = next(t, p, in[i], in[i - WINDOW]);
      q = next(t, q, in[i + LANE], in[i + LANE - WINDOW]);
      r = next(t, r, in[i + 2 * LANE], in[i + 2 * LANE - WINDOW]);
      s = next(t, s, in[i + 3 * LANE], in[i + 3 * LANE - WINDOW]);
      if (isCut(p)) {
        return i;
      }
      if (isCut(q) || isCut(r) || isCut(s)) {
        return one(in, i + 1, from + BLOCK); // an earlier lane may have one yet
      }
    }
    return -1;
  }

  private static long next(long[] t, long d, byte in, byte gone) {
    return (d << 8 ^ in & BYTE ^ t[GONE + (gone & BYTE)]) ^ t[(int) (d >>> 45) & BYTE];
  }

  private static boolean isCut(long d) {
    return (d & SPLIT) == 0;
  }
}
