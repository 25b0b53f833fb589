package org.kiban.exchange.format;

/**
 * Turns bytes into characters until a character that the caller wants to see. The buffers are the
 * caller's: every field may be changed between two runs, and a character never takes fewer bytes
 * than the {@code char}s that it gives, so {@code out} needs no more room than {@code in}.
 */
abstract class Decoder {
  /** The input is used up; bytes that are left over begin a character that is not complete. */
  static final int NEED = -1;

  /** Bytes that are no character were passed over; U+FFFD stands for them. */
  static final int MALFORMED = -2;

  static final char REPLACEMENT = '\uFFFD';

  static final byte PLAIN = 0;
  static final byte STOP = 1;
  static final byte BAD = 2;
  static final byte LEAD = 3;
  static final byte LEAD3 = 4;
  static final byte LEAD4 = 5;
  static final byte ESCAPE = 6;

  /** Ends a cell, and decoding goes on. */
  static final byte SPLIT = 7;

  byte[] in = new byte[0];
  int pos;
  int limit;
  char[] out = new char[0];
  int length;

  /** Where in {@code out} the {@link #SPLIT}s of the last run stand. */
  final int[] splitAt = new int[128];

  int splits;

  private final byte[] base;

  Decoder(byte[] base) {
    this.base = base;
  }

  /**
   * Decodes until one of the stops, which is decoded too.
   *
   * @param kinds from {@link #stopAt}
   * @param end whether no bytes will come after {@code limit}
   * @return the stop, {@link #NEED} or {@link #MALFORMED}
   */
  abstract int run(byte[] kinds, boolean end);

  /**
   * The table for a run.
   *
   * @param stops ASCII characters
   */
  final byte[] stopAt(char... stops) {
    byte[] kinds = base.clone();
    for (char stop : stops) {
      kinds[stop] = STOP;
    }
    return kinds;
  }

  /**
   * The table for a run that decodes cells up to the next stop. Only where {@link #isAsciiBased}.
   *
   * @param kinds from {@link #stopAt}
   * @param delimiter does not stop, but is noted in {@link #splitAt} while there is room
   */
  static byte[] splitAt(byte[] kinds, char delimiter) {
    byte[] split = kinds.clone();
    split[delimiter] = SPLIT;
    return split;
  }

  /** Passes over a delimiter. Returns false, before it, if there is no room for it. */
  final boolean split(int o) {
    if (splits == splitAt.length) {
      return false;
    }
    splitAt[splits++] = o;
    return true;
  }

  /**
   * Passes over a LF if it comes next.
   *
   * @return false if there are not enough bytes to know
   */
  boolean skipLineFeed() {
    if (pos == limit) {
      return false;
    }
    if (in[pos] == '\n') {
      pos++;
    }
    return true;
  }

  /** Whether every byte below 0x80 at the start of a character is that ASCII character. */
  boolean isAsciiBased() {
    return true;
  }

  /** A table in which ASCII is plain and all else is bad. */
  static byte[] ascii() {
    byte[] kinds = new byte[256];
    java.util.Arrays.fill(kinds, 128, 256, BAD);
    return kinds;
  }

  final int malformed(int p, int o) {
    out[o] = REPLACEMENT;
    pos = p;
    length = o + 1;
    return MALFORMED;
  }

  final int stopped(int p, int o, int stop) {
    pos = p;
    length = o;
    return stop;
  }
}
