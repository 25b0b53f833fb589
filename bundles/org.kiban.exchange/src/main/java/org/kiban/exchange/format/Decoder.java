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

  // What a byte is at the start of a character, if it is not one by itself: see plain().
  static final int STOP = -1;
  static final int BAD = -2;
  static final int LEAD = -3;
  static final int LEAD3 = -4;
  static final int LEAD4 = -5;
  static final int ESCAPE = -6;

  /** Ends a cell, and decoding goes on. */
  static final int SPLIT = -7;

  byte[] in = new byte[0];
  int pos;
  int limit;
  char[] out = new char[0];
  int length;

  /** Where in {@code out} the {@link #SPLIT}s of the last run stand. */
  final int[] splitAt = new int[128];

  /** The kinds of the cells before them. */
  final byte[] splitKinds = new byte[128];

  int splits;

  /**
   * The kinds that all characters have that were decoded since the caller set it to {@link
   * Characters#ANY}, stops excepted. Only where {@link #isAsciiBased}.
   */
  int all = Characters.ANY;

  private final int[] base;

  Decoder(int[] base) {
    this.base = base;
  }

  /**
   * Decodes until one of the stops, which is decoded too.
   *
   * @param kinds from {@link #stopAt}
   * @param end whether no bytes will come after {@code limit}
   * @return the stop, {@link #NEED} or {@link #MALFORMED}
   */
  abstract int run(int[] kinds, boolean end);

  /**
   * The table for a run.
   *
   * @param stops ASCII characters
   */
  final int[] stopAt(char... stops) {
    int[] kinds = base.clone();
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
  static int[] splitAt(int[] kinds, char delimiter) {
    int[] split = kinds.clone();
    split[delimiter] = SPLIT;
    return split;
  }

  /** Passes over a delimiter. Returns false, before it, if there is no room for it. */
  final boolean split(int o, int kinds) {
    if (splits == splitAt.length) {
      return false;
    }
    splitKinds[splits] = (byte) kinds;
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
  static int[] ascii() {
    int[] kinds = new int[256];
    for (int b = 0; b < 256; b++) {
      kinds[b] = b < 128 ? plain((char) b) : BAD;
    }
    return kinds;
  }

  /** A byte that is a character by itself: that character, with its kinds above. Not negative. */
  static int plain(char c) {
    return Characters.KINDS[c] << 16 | c;
  }

  final int malformed(int p, int o) {
    out[o] = REPLACEMENT;
    pos = p;
    length = o + 1;
    return MALFORMED;
  }

  final int stopped(int p, int o, int kinds, int stop) {
    all = kinds;
    return stopped(p, o, stop);
  }

  final int stopped(int p, int o, int stop) {
    pos = p;
    length = o;
    return stop;
  }
}
