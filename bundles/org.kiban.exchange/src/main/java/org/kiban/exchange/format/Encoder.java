package org.kiban.exchange.format;

import java.util.Arrays;

/** Turns characters into bytes and says where it cannot. */
abstract class Encoder {

  /** Small, since most files are: it grows with the first rows of those that are not. */
  byte[] out = new byte[1 << 13];

  int length;

  private final int widest;

  /**
   * @param widest the most bytes that one {@code char} gives, escape sequences included
   */
  Encoder(int widest) {
    this.widest = widest;
  }

  /** Appends one ASCII character; after each {@link #encode} there is room for four. */
  void ascii(char c) {
    out[length++] = (byte) c;
  }

  /**
   * Appends characters to {@code out}.
   *
   * @return -1, or the index of the first character that the charset cannot hold; what stands
   *     before it has been written
   */
  final int encode(char[] chars, int from, int to) {
    room((to - from) * (long) widest + 16);
    return run(chars, from, to);
  }

  /** Makes sure that so many bytes can be appended. */
  final void room(long bytes) {
    long needed = length + bytes;
    if (needed > out.length) {
      out = Arrays.copyOf(out, Math.toIntExact(Math.max(needed, out.length * 2L)));
    }
  }

  abstract int run(char[] chars, int from, int to);

  /** The byte order mark. */
  byte[] mark() {
    return new byte[0];
  }

  static final class Utf8 extends Encoder {
    Utf8() {
      super(3);
    }

    @Override
    int run(char[] chars, int from, int to) {
      final byte[] bytes = out;
      int n = length;
      int i = from;
      while (i < to) {
        int c = chars[i];
        if (c < 0x80) {
          bytes[n++] = (byte) c;
        } else if (c < 0x800) {
          bytes[n++] = (byte) (0xC0 | c >> 6);
          bytes[n++] = (byte) (0x80 | c & 0x3F);
        } else if (c < 0xD800 || c > 0xDFFF) {
          bytes[n++] = (byte) (0xE0 | c >> 12);
          bytes[n++] = (byte) (0x80 | c >> 6 & 0x3F);
          bytes[n++] = (byte) (0x80 | c & 0x3F);
        } else if (c < 0xDC00 && i + 1 < to && Character.isLowSurrogate(chars[i + 1])) {
          int point = Character.toCodePoint((char) c, chars[++i]);
          bytes[n++] = (byte) (0xF0 | point >> 18);
          bytes[n++] = (byte) (0x80 | point >> 12 & 0x3F);
          bytes[n++] = (byte) (0x80 | point >> 6 & 0x3F);
          bytes[n++] = (byte) (0x80 | point & 0x3F);
        } else {
          break;
        }
        i++;
      }
      length = n;
      return i == to ? -1 : i;
    }

    @Override
    byte[] mark() {
      return new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    }
  }

  static final class Utf16 extends Encoder {
    private final boolean bigEndian;

    Utf16(boolean bigEndian) {
      super(2);
      this.bigEndian = bigEndian;
    }

    @Override
    int run(char[] chars, int from, int to) {
      for (int i = from; i < to; i++) {
        put(chars[i]);
      }
      return -1;
    }

    @Override
    void ascii(char c) {
      put(c);
    }

    private void put(char c) {
      out[length++] = (byte) (bigEndian ? c >> 8 : c);
      out[length++] = (byte) (bigEndian ? c : c >> 8);
    }

    @Override
    byte[] mark() {
      return bigEndian
          ? new byte[] {(byte) 0xFE, (byte) 0xFF}
          : new byte[] {(byte) 0xFF, (byte) 0xFE};
    }
  }

  /** windows-31j, Shift_JIS and EUC-JP. */
  static final class Table extends Encoder {
    private final int[] codes;

    Table(JapaneseTable table) {
      super(3);
      this.codes = table.codes();
    }

    @Override
    int run(char[] chars, int from, int to) {
      final byte[] bytes = out;
      int n = length;
      int i = from;
      for (; i < to; i++) {
        int code = codes[chars[i]];
        if (code < 0) {
          break;
        }
        if (code > 0xFF) {
          if (code > 0xFFFF) {
            bytes[n++] = (byte) (code >> 16);
          }
          bytes[n++] = (byte) (code >> 8);
        }
        bytes[n++] = (byte) code;
      }
      length = n;
      return i == to ? -1 : i;
    }
  }
}
