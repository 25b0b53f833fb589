package org.kiban.exchange.format;

/** UTF-16 of either byte order; a surrogate without its other half is malformed. */
final class Utf16Decoder extends Decoder {

  private final int high;

  Utf16Decoder(boolean bigEndian) {
    super(ascii());
    this.high = bigEndian ? 0 : 1;
  }

  private int at(int p) {
    return (in[p + high] & 0xFF) << 8 | (in[p + 1 - high] & 0xFF);
  }

  @Override
  int run(int[] kinds, boolean end) {
    int p = pos;
    int o = length;
    for (; limit - p >= 2; p += 2) {
      int c = at(p);
      if (c >= 0xD800 && c < 0xE000) {
        if (c < 0xDC00 && limit - p < 4 && !end) {
          return stopped(p, o, NEED);
        }
        if (c >= 0xDC00 || limit - p < 4 || (at(p + 2) & 0xFC00) != 0xDC00) {
          return malformed(p + 2, o);
        }
        out[o++] = (char) c;
        p += 2;
        out[o++] = (char) at(p);
      } else {
        out[o++] = (char) c;
        if (c < 128 && kinds[c] == STOP) {
          return stopped(p + 2, o, c);
        }
      }
    }
    return end && p < limit ? malformed(limit, o) : stopped(p, o, NEED);
  }

  @Override
  boolean skipLineFeed() {
    if (limit - pos < 2) {
      return false;
    }
    if (at(pos) == '\n') {
      pos += 2;
    }
    return true;
  }

  @Override
  boolean isAsciiBased() {
    return false;
  }
}
