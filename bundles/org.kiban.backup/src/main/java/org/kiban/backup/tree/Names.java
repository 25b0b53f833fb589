package org.kiban.backup.tree;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * File names in the format: any bytes, escaped as the Go language quotes strings, so that names in
 * Shift_JIS and names with characters outside Unicode survive.
 */
public final class Names {

  private Names() {}

  /** Quotes a name, without the quotes. */
  public static String quote(byte[] name) {
    if (isPlain(name)) {
      return new String(name, StandardCharsets.ISO_8859_1);
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < name.length; ) {
      int length = sequence(name, i);
      if (length == 0) {
        out.append("\\x").append(HexFormat.of().toHexDigits(name[i]));
        i++;
      } else {
        character(new String(name, i, length, StandardCharsets.UTF_8).codePointAt(0), out);
        i += length;
      }
    }
    return out.toString();
  }

  private static boolean isPlain(byte[] name) {
    for (byte b : name) {
      if (b < ' ' || b == 0x7f || b == '"' || b == '\\') {
        return false;
      }
    }
    return true;
  }

  /** The length of the UTF-8 character there, or 0 if there is none. */
  private static int sequence(byte[] in, int at) {
    int first = in[at] & 0xff;
    int length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (length <= 1 || first > 0xf4 || at + length > in.length) {
      return length == 1 ? 1 : 0;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in, at, length));
      return length;
    } catch (CharacterCodingException e) {
      return 0;
    }
  }

  private static void character(int c, StringBuilder out) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append((char) c);
      case 7 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 11 -> out.append("\\v");
      default -> {
        HexFormat hex = HexFormat.of();
        if (isPrintable(c)) {
          out.appendCodePoint(c);
        } else if (c < ' ' || c == 0x7f) {
          out.append("\\x").append(hex.toHexDigits((byte) c));
        } else if (c < 0x10000) {
          out.append("\\u").append(hex.toHexDigits((char) c));
        } else {
          out.append("\\U").append(hex.toHexDigits(c));
        }
      }
    }
  }

  private static boolean isPrintable(int c) {
    return c == ' '
        || switch (Character.getType(c)) {
          case Character.UNASSIGNED,
              Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.SPACE_SEPARATOR,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
  }

  /**
   * The bytes of a quoted name.
   *
   * @throws IllegalArgumentException if it is not quoted rightly
   */
  public static byte[] unquote(String quoted) {
    if (quoted.indexOf('\\') < 0) {
      return quoted.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < quoted.length(); ) {
      int c = quoted.codePointAt(i);
      i += Character.charCount(c);
      if (c != '\\') {
        out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      if (i == quoted.length()) {
        throw new IllegalArgumentException("ends with a backslash");
      }
      char kind = quoted.charAt(i++);
      int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
      if (digits > 0) {
        int value = (int) Long.parseLong(quoted.substring(i, i + digits), 16);
        i += digits;
        out.writeBytes(
            kind == 'x'
                ? new byte[] {(byte) value}
                : Character.toString(value).getBytes(StandardCharsets.UTF_8));
      } else {
        int which = "abfnrtv\\\"".indexOf(kind);
        if (which < 0) {
          throw new IllegalArgumentException("unknown escape");
        }
        out.write("\u0007\b\f\n\r\t\u000b\\\"".charAt(which));
      }
    }
    return out.toByteArray();
  }

  /** Writes a text as JSON does in Go: {@code <}, {@code >} and {@code &} escaped. */
  static void json(CharSequence text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
            out.append("\\u").append(HexFormat.of().toHexDigits(c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** The text of bytes in UTF-8, or null if they are none. */
  static String utf8(byte[] bytes) {
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return text.toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
