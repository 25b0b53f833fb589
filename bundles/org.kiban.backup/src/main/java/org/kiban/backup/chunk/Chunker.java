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
  private static final long SPLIT = (1 << 20) - 1;
  private static final int LANE = 64 * 1024;

  private final long[] mod = new long[256];
  private final long[] gone = new long[256];

  /** Cuts by a repository's polynomial. */
  public Chunker(long polynomial) {
    for (int b = 0; b < 256; b++) {
      mod[b] = Polynomial.mod((long) b << Polynomial.DEGREE, polynomial) | (long) b << 53;
      long hash = Polynomial.mod(b, polynomial);
      for (int i = 0; i < WINDOW; i++) {
        hash = Polynomial.mod(hash << 8, polynomial);
      }
      gone[b] = hash;
    }
  }

  /**
   * Returns the length of the first piece, or -1 if more bytes are needed to tell.
   *
   * @param from where the piece begins
   * @param to where what was read ends
   * @param end whether the file ends there
   */
  public int cut(byte[] in, int from, int to, boolean end) {
    int available = to - from;
    if (available < MIN) {
      return end ? available : -1;
    }
    int limit = Math.min(available, MAX);
    int found = search(in, from + MIN - 1, from + limit);
    if (found >= 0) {
      return found + 1 - from;
    }
    return limit == MAX || end ? limit : -1;
  }

  /** The first position after whose byte the fingerprint is zero, or -1. */
  private int search(byte[] in, int from, int to) {
    int at = from;
    while (to - at >= 4 * LANE) {
      int found = four(in, at);
      if (found >= 0) {
        return found;
      }
      at += 4 * LANE;
    }
    return at < to ? one(in, at, to) : -1;
  }

  private long before(byte[] in, int at) {
    long d = 0;
    for (int i = at - WINDOW; i < at; i++) {
      d = (d << 8 | in[i] & 0xff) ^ mod[(int) (d >>> 45)];
    }
    return d;
  }

  private int one(byte[] in, int from, int to) {
    long d = before(in, from);
    for (int i = from; i < to; i++) {
      d = (d << 8 ^ in[i] & 0xff ^ gone[in[i - WINDOW] & 0xff]) ^ mod[(int) (d >>> 45)];
      if ((d & SPLIT) == 0) {
        return i;
      }
    }
    return -1;
  }

  private int four(byte[] in, int from) {
    long[] m = mod;
    long[] g = gone;
    int b = from + LANE;
    int c = b + LANE;
    int d = c + LANE;
    long p = before(in, from);
    long q = before(in, b);
    long r = before(in, c);
    long s = before(in, d);
    int later = -1;
    for (int i = 0; i < LANE; i++) {
      p = (p << 8 ^ in[from + i] & 0xff ^ g[in[from + i - WINDOW] & 0xff]) ^ m[(int) (p >>> 45)];
      q = (q << 8 ^ in[b + i] & 0xff ^ g[in[b + i - WINDOW] & 0xff]) ^ m[(int) (q >>> 45)];
      r = (r << 8 ^ in[c + i] & 0xff ^ g[in[c + i - WINDOW] & 0xff]) ^ m[(int) (r >>> 45)];
      s = (s << 8 ^ in[d + i] & 0xff ^ g[in[d + i - WINDOW] & 0xff]) ^ m[(int) (s >>> 45)];
      if ((p & SPLIT) == 0) {
        return from + i;
      }
      if ((q & SPLIT) == 0 && (later < 0 || later >= b + LANE)) {
        later = b + i;
      }
      if ((r & SPLIT) == 0 && (later < 0 || later >= c + LANE)) {
        later = c + i;
      }
      if ((s & SPLIT) == 0 && later < 0) {
        later = d + i;
      }
    }
    return later;
  }
}
