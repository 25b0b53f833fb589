package org.kiban.exchange.format;

/**
 * windows-31j, Shift_JIS and EUC-JP, from the tables of the JDK. Where a second byte cannot belong
 * to the first, the first alone is malformed, so that a torn character never swallows the delimiter
 * or the newline after it.
 */
final class TwoByteDecoder extends Decoder {

  private final JapaneseTable table;

  TwoByteDecoder(JapaneseTable table) {
    super(table.kinds());
    this.table = table;
  }

  @Override
  int run(int[] kinds, boolean end) {
    final byte[] bytes = in;
    final char[] chars = out;
    final char[] pairs = table.pairs();
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
      } else if (kind == LEAD) {
        if (p + 1 == stop) {
          return end ? malformed(stop, o) : stopped(p, o, kindsOfAll, NEED);
        }
        int second = bytes[p + 1] & 0xFF;
        char c = pairs[b << 8 | second];
        if (c == REPLACEMENT) {
          return malformed(table.isSecond(second) ? p + 2 : p + 1, o);
        }
        chars[o++] = c;
        kindsOfAll &= Characters.KINDS[c];
        p += 2;
      } else if (kind == STOP || kind == SPLIT && !split(o, kindsOfAll)) {
        chars[o] = (char) b;
        return stopped(p + 1, o + 1, kindsOfAll, b);
      } else if (kind == SPLIT) {
        chars[o++] = (char) b;
        kindsOfAll = Characters.ANY;
        p++;
      } else if (kind == LEAD3) {
        int taken = three(p, o, end);
        if (taken <= 0) {
          return taken == 0 ? stopped(p, o, kindsOfAll, NEED) : malformed(p - taken, o);
        }
        kindsOfAll &= Characters.KINDS[chars[o++]];
        p += 3;
      } else {
        return malformed(p + 1, o);
      }
    }
    return stopped(p, o, kindsOfAll, NEED);
  }

  /** JIS X 0212 in EUC-JP. Returns 3, 0 for more input, or minus the bad bytes. */
  private int three(int p, int o, boolean end) {
    for (int i = 1; i < 3; i++) {
      if (p + i == limit) {
        return end ? -i : 0;
      }
      if (!table.isSecond(in[p + i] & 0xFF)) {
        return -i;
      }
    }
    char c = table.triples()[(in[p + 1] & 0xFF) << 8 | (in[p + 2] & 0xFF)];
    out[o] = c;
    return c == REPLACEMENT ? -3 : 3;
  }
}
