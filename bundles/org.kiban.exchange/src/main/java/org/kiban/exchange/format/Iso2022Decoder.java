package org.kiban.exchange.format;

import org.kiban.exchange.declaration.Encoding;

/** ISO-2022-JP (RFC 1468), and the half-width katakana that the JDK and many systems add to it. */
final class Iso2022Decoder extends Decoder {

  private static final int ASCII = 0;
  private static final int ROMAN = 1;
  private static final int KANA = 2;
  private static final int KANJI = 3;

  private final char[] pairs = JapaneseTable.of(Encoding.EUC_JP).pairs();
  private int set = ASCII;

  Iso2022Decoder() {
    super(kinds());
  }

  private static int[] kinds() {
    int[] kinds = ascii();
    kinds[0x1B] = ESCAPE;
    return kinds;
  }

  @Override
  int run(int[] kinds, boolean end) {
    int p = pos;
    int o = length;
    while (p < limit) {
      int b = in[p] & 0xFF;
      int kind = kinds[b];
      if (kind == ESCAPE) {
        if (limit - p < 3) {
          return end ? malformed(limit, o) : stopped(p, o, NEED);
        }
        int next = designated(in[p + 1], in[p + 2]);
        if (next < 0) {
          return malformed(p + 1, o);
        }
        set = next;
        p += 3;
      } else if (kind == BAD) {
        return malformed(p + 1, o);
      } else if (set == KANJI && b >= 0x21) {
        if (p + 1 == limit) {
          return end ? malformed(limit, o) : stopped(p, o, NEED);
        }
        int second = in[p + 1] & 0xFF;
        boolean pair = second >= 0x21 && second <= 0x7E;
        char c = pair ? pairs[(b | 0x80) << 8 | second | 0x80] : REPLACEMENT;
        if (c == REPLACEMENT) {
          return malformed(pair ? p + 2 : p + 1, o);
        }
        out[o++] = c;
        p += 2;
      } else {
        char c = single(b);
        out[o++] = c;
        p++;
        if (c == b && kind == STOP) {
          // A line ends in ASCII (RFC 1468); one that does not must not spoil the next.
          set = b == '\n' ? ASCII : set;
          return stopped(p, o, b);
        }
      }
    }
    return stopped(p, o, NEED);
  }

  private char single(int b) {
    if (set == KANA && b >= 0x21 && b <= 0x5F) {
      return (char) (0xFF61 - 0x21 + b);
    }
    if (set == ROMAN && (b == '\\' || b == '~')) {
      return b == '\\' ? '\u00A5' : '\u203E';
    }
    return (char) b;
  }

  private static int designated(byte first, byte second) {
    if (first == '(') {
      return switch (second) {
        case 'B' -> ASCII;
        case 'J' -> ROMAN;
        case 'I' -> KANA;
        default -> -1;
      };
    }
    return first == '$' && (second == '@' || second == 'B') ? KANJI : -1;
  }

  @Override
  boolean isAsciiBased() {
    return false;
  }
}
