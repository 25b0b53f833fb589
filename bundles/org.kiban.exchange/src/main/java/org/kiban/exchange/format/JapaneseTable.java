package org.kiban.exchange.format;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import org.kiban.exchange.declaration.Encoding;

/**
 * A Japanese charset as tables, read out of the JDK's own, so that the two agree. A character
 * counts as held by the charset only if reading it back gives the same one: the JDK writes ¥ into
 * Shift_JIS as a byte that reads back as \, and that is a change which nobody asked for.
 */
final class JapaneseTable {

  private static final int FIRST_SECOND_SJIS = 0x40;
  private static final int FIRST_SECOND_EUC = 0xA1;

  private final int[] kinds = Decoder.ascii();
  private final char[] single = new char[256];
  private final char[] pairs = new char[1 << 16];
  private final char[] triples;
  private final int[] codes = new int[1 << 16];
  private final boolean euc;

  private JapaneseTable(Encoding encoding) {
    Charset charset = Charset.forName(encoding.javaName());
    euc = encoding == Encoding.EUC_JP;
    triples = new char[euc ? 1 << 16 : 0];
    Arrays.fill(single, Decoder.REPLACEMENT);
    Arrays.fill(pairs, Decoder.REPLACEMENT);
    Arrays.fill(triples, Decoder.REPLACEMENT);
    readDecoder(charset.newDecoder());
    readEncoder(charset.newEncoder());
  }

  /**
   * The tables of a charset; about half a megabyte, so one for all who use it.
   *
   * @param encoding windows-31j, Shift_JIS or EUC-JP
   */
  static JapaneseTable of(Encoding encoding) {
    return switch (encoding) {
      case WINDOWS_31J -> Windows31j.TABLE;
      case SHIFT_JIS -> ShiftJis.TABLE;
      case EUC_JP -> EucJp.TABLE;
      default -> throw new IllegalArgumentException(encoding.javaName());
    };
  }

  private void readDecoder(CharsetDecoder decoder) {
    for (int b = 0; b < 256; b++) {
      char c = decode(decoder, (byte) b);
      single[b] = c;
      kinds[b] = c == Decoder.REPLACEMENT ? Decoder.BAD : Decoder.plain(c);
    }
    for (int b = 0x80; b < 256; b++) {
      if (single[b] == Decoder.REPLACEMENT) {
        for (int second = euc ? 0x80 : FIRST_SECOND_SJIS; second < 256; second++) {
          char c = decode(decoder, (byte) b, (byte) second);
          pairs[b << 8 | second] = c;
          if (c != Decoder.REPLACEMENT) {
            kinds[b] = Decoder.LEAD;
          }
        }
      }
    }
    if (euc) {
      kinds[0x8F] = Decoder.LEAD3;
      for (int i = FIRST_SECOND_EUC; i < 256; i++) {
        for (int k = FIRST_SECOND_EUC; k < 256; k++) {
          triples[i << 8 | k] = decode(decoder, (byte) 0x8F, (byte) i, (byte) k);
        }
      }
    }
  }

  private static char decode(CharsetDecoder decoder, byte... bytes) {
    CharBuffer out = CharBuffer.allocate(4);
    decoder
        .reset()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), out, true);
    return result.isUnderflow() && out.position() == 1 ? out.get(0) : Decoder.REPLACEMENT;
  }

  private void readEncoder(CharsetEncoder encoder) {
    for (int c = 0; c < 1 << 16; c++) {
      codes[c] = -1;
      if (!Character.isSurrogate((char) c) && encoder.canEncode((char) c)) {
        ByteBuffer out = ByteBuffer.allocate(8);
        encoder.reset().encode(CharBuffer.wrap(new char[] {(char) c}), out, true);
        int code = 0;
        for (int i = 0; i < out.position(); i++) {
          code = code << 8 | (out.get(i) & 0xFF);
        }
        codes[c] = decoded(code) == c ? code : -1;
      }
    }
  }

  private char decoded(int code) {
    return code < 0x100 ? single[code] : code < 0x10000 ? pairs[code] : triples[code & 0xFFFF];
  }

  /** The kinds of first bytes, for a {@link Decoder}. */
  int[] kinds() {
    return kinds;
  }

  /** Characters of two bytes. */
  char[] pairs() {
    return pairs;
  }

  /** Characters of three bytes, by the last two. */
  char[] triples() {
    return triples;
  }

  /** The bytes of each char as a number, or -1. */
  int[] codes() {
    return codes;
  }

  /** Whether a byte can be the second one of a character. */
  boolean isSecond(int b) {
    return euc ? b >= FIRST_SECOND_EUC && b != 0xFF : b >= 0x40 && b <= 0xFC && b != 0x7F;
  }

  private static final class Windows31j {
    static final JapaneseTable TABLE = new JapaneseTable(Encoding.WINDOWS_31J);
  }

  private static final class ShiftJis {
    static final JapaneseTable TABLE = new JapaneseTable(Encoding.SHIFT_JIS);
  }

  private static final class EucJp {
    static final JapaneseTable TABLE = new JapaneseTable(Encoding.EUC_JP);
  }
}
