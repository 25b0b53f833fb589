package org.kiban.exchange.format;

/** UTF-8 as Unicode defines it: no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8Decoder extends Decoder {

  Utf8Decoder() {
    super(kinds());
  }

  private static int[] kinds() {
    int[] kinds = ascii();
    java.util.Arrays.fill(kinds, 0xC2, 0xE0, LEAD);
    java.util.Arrays.fill(kinds, 0xE0, 0xF0, LEAD3);
    java.util.Arrays.fill(kinds, 0xF0, 0xF5, LEAD4);
    return kinds;
  }

  @Override
  int run(int[] kinds, boolean end) {
    final byte[] bytes = in;
    final char[] chars = out;
    final int stop = limit;
    int p = pos;
    int o = length;
    int kindsOfAll = all;
    splits = 0;
    while (p < stop) {
      int b = bytes[p] & 0xFF;
      int kind = kinds[b];
      if (kind >= 0) {
        chars[o++] = (char) kind;
        kindsOfAll &= kind >> 16;
        p++;
      } else if (kind == LEAD3 && stop - p >= 3 && isThree(bytes, p)) {
        int c = (b & 0x0F) << 12 | (bytes[p + 1] & 0x3F) << 6 | (bytes[p + 2] & 0x3F);
        chars[o++] = (char) c;
        kindsOfAll &= Characters.KINDS[c];
        p += 3;
      } else if (kind == STOP || kind == SPLIT && !split(o, kindsOfAll)) {
        chars[o] = (char) b;
        return stopped(p + 1, o + 1, kindsOfAll, b);
      } else if (kind == SPLIT) {
        chars[o++] = (char) b;
        kindsOfAll = Characters.ANY;
        p++;
      } else {
        int taken = rare(kind, p, o, end);
        if (taken == 0) {
          return stopped(p, o, kindsOfAll, NEED);
        }
        if (taken < 0) {
          return malformed(p - taken, o);
        }
        p += taken;
        kindsOfAll &= Characters.KINDS[chars[o++]];
        if (taken == 4) {
          kindsOfAll &= Characters.KINDS[chars[o++]];
        }
      }
    }
    return stopped(p, o, kindsOfAll, NEED);
  }

  private static boolean isThree(byte[] bytes, int p) {
    return isContinuation(bytes[p + 2])
        && isContinuation(bytes[p + 1])
        && isSecond(bytes[p], bytes[p + 1]);
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xC0) == 0x80;
  }

  /** Whether the second byte is one that may follow the first. */
  private static boolean isSecond(byte first, byte second) {
    int low = 0x80;
    int high = 0xBF;
    switch (first & 0xFF) {
      case 0xE0 -> low = 0xA0;
      case 0xED -> high = 0x9F;
      case 0xF0 -> low = 0x90;
      case 0xF4 -> high = 0x8F;
      default -> {}
    }
    int b = second & 0xFF;
    return b >= low && b <= high;
  }

  /** Returns the bytes taken by one character, 0 for more input, or minus the bad bytes. */
  private int rare(int kind, int p, int o, boolean end) {
    if (kind == BAD) {
      return -1;
    }
    int size = kind == LEAD ? 2 : kind == LEAD3 ? 3 : 4;
    for (int i = 1; i < size; i++) {
      if (p + i == limit) {
        return end ? -i : 0;
      }
      boolean right = i == 1 ? isSecond(in[p], in[p + 1]) : isContinuation(in[p + i]);
      if (!isContinuation(in[p + i]) || !right) {
        return -i;
      }
    }
    if (size == 2) {
      out[o] = (char) ((in[p] & 0x1F) << 6 | (in[p + 1] & 0x3F));
    } else {
      int point =
          (in[p] & 0x07) << 18
              | (in[p + 1] & 0x3F) << 12
              | (in[p + 2] & 0x3F) << 6
              | (in[p + 3] & 0x3F);
      out[o] = Character.highSurrogate(point);
      out[o + 1] = Character.lowSurrogate(point);
    }
    return size;
  }
}
