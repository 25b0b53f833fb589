package org.kiban.exchange.format;

import java.util.StringJoiner;

/**
 * What a character is, for the types of the standard: half-width (ASCII and the katakana of JIS X
 * 0201) or full-width (all other that is printed). A surrogate pair is one character; a variation
 * selector belongs to the one before it and is not counted, because it chooses a glyph only.
 */
final class Characters {

  static final byte HALF = 1;
  static final byte FULL = 2;
  static final byte DIGIT = 4;
  static final byte BASE64 = 8;

  /** A char that is one character. */
  static final byte ORDINARY = 16;

  /** Half-width or full-width. */
  static final byte PRINTED = 32;

  /** Set for every char, so that the kinds of all chars of a value are told from nothing said. */
  static final byte KNOWN = 64;

  /** What no char denies. */
  static final byte ANY = 127;

  static final byte[] KINDS = kinds();

  private Characters() {}

  private static byte[] kinds() {
    byte[] kinds = new byte[1 << 16];
    for (int c = 0; c < kinds.length; c++) {
      boolean half = c >= 0x20 && c <= 0x7E || c >= 0xFF61 && c <= 0xFF9F;
      byte kind = half ? HALF : isUnprinted(c) ? 0 : FULL;
      kind |= kind == 0 ? KNOWN : KNOWN | PRINTED;
      if (c >= '0' && c <= '9') {
        kind |= DIGIT;
      }
      if (c < 128 && (Character.isLetterOrDigit(c) || c == '+' || c == '/' || c == '=')) {
        kind |= BASE64;
      }
      if (!Character.isSurrogate((char) c) && !isSelector(c)) {
        kind |= ORDINARY;
      }
      kinds[c] = kind;
    }
    return kinds;
  }

  private static boolean isUnprinted(int c) {
    return Character.isISOControl(c) || c == 0xFEFF || c >= 0xFFFE;
  }

  /** The kinds that every char has. */
  static int all(char[] chars, int from, int to) {
    int all = ANY;
    for (int i = from; i < to; i++) {
      all &= KINDS[chars[i]];
    }
    return all;
  }

  /** Whether it is a variation selector, an ideographic one (IVS) included. */
  static boolean isSelector(int point) {
    return point >= 0xFE00 && point <= 0xFE0F || point >= 0xE0100 && point <= 0xE01EF;
  }

  /** Characters in the sense of a declared length. */
  static int count(char[] chars, int from, int to) {
    int count = 0;
    for (int i = from; i < to; ) {
      int point = Character.codePointAt(chars, i, to);
      i += Character.charCount(point);
      if (!isSelector(point)) {
        count++;
      }
    }
    return count;
  }

  /** Where the character at an index ends, its variation selector included. */
  static int endOfUnit(char[] chars, int from, int to) {
    int i = from + Character.charCount(Character.codePointAt(chars, from, to));
    if (i < to) {
      int next = Character.codePointAt(chars, i, to);
      if (isSelector(next)) {
        i += Character.charCount(next);
      }
    }
    return i;
  }

  /** For example {@code U+9089 U+E010F}. */
  static String codePoints(String unit) {
    StringJoiner joiner = new StringJoiner(" ");
    unit.codePoints().forEach(point -> joiner.add(String.format("U+%04X", point)));
    return joiner.toString();
  }
}
