package org.kiban.exchange.format;

import org.kiban.exchange.declaration.Encoding;

/**
 * ISO-2022-JP: what JIS X 0208, its Roman set and the half-width katakana hold; each row ends in
 * ASCII.
 */
final class Iso2022Encoder extends Encoder {

  private static final int ASCII = 'B';
  private static final int ROMAN = 'J';
  private static final int KANA = 'I';
  private static final int KANJI = '$';

  private final int[] codes = JapaneseTable.of(Encoding.EUC_JP).codes();
  private int set = ASCII;

  Iso2022Encoder() {
    super(8);
  }

  @Override
  int run(char[] chars, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = chars[i];
      int code = c == '\u00A5' ? '\\' : c == '\u203E' ? '~' : codes[c];
      if (c < 0x80) {
        use(ASCII);
        out[length++] = (byte) c;
      } else if (code >= 0 && code < 0x80) {
        use(ROMAN);
        out[length++] = (byte) code;
      } else if (code >= 0x8EA1 && code <= 0x8EDF) {
        use(KANA);
        out[length++] = (byte) (code & 0x7F);
      } else if (code >= 0xA1A1 && code <= 0xFFFF) {
        use(KANJI);
        out[length++] = (byte) (code >> 8 & 0x7F);
        out[length++] = (byte) (code & 0x7F);
      } else {
        use(ASCII);
        return i;
      }
    }
    // Each piece ends in ASCII, so that pieces can be put together and taken back.
    use(ASCII);
    return -1;
  }

  private void use(int wanted) {
    if (set != wanted) {
      out[length++] = 0x1B;
      out[length++] = (byte) (wanted == KANJI ? '$' : '(');
      out[length++] = (byte) (wanted == KANJI ? 'B' : wanted);
      set = wanted;
    }
  }
}
