package org.kiban.backup.tree;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/** The bytes of file names, which Java's strings lose if they are not in the locale's encoding. */
public final class RawNames {

  private RawNames() {}

  /** The bytes of a whole path, absolute. */
  public static byte[] bytes(Path path) {
    String text = path.toAbsolutePath().toString();
    if (isAscii(text)) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
    byte[] whole = decode(path.toUri().getRawPath());
    boolean slash = whole.length > 1 && whole[whole.length - 1] == '/';
    return slash ? java.util.Arrays.copyOf(whole, whole.length - 1) : whole;
  }

  /** The bytes of a path's last name. */
  public static byte[] name(Path path) {
    String text = path.getFileName().toString();
    if (isAscii(text)) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
    byte[] whole = bytes(path);
    int from = whole.length;
    while (from > 0 && whole[from - 1] != '/') {
      from--;
    }
    return java.util.Arrays.copyOfRange(whole, from, whole.length);
  }

  /** The path of an entry of a directory. */
  public static Path resolve(Path directory, byte[] name) {
    String text = new String(name, StandardCharsets.ISO_8859_1);
    if (isAscii(text)) {
      return directory.resolve(text);
    }
    return Path.of(URI.create("file://" + encode(bytes(directory)) + '/' + encode(name)));
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static String encode(byte[] bytes) {
    StringBuilder out = new StringBuilder(bytes.length * 3);
    for (byte b : bytes) {
      if (b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '/') {
        out.append((char) b);
      } else {
        out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return out.toString();
  }

  private static byte[] decode(String encoded) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      if (encoded.charAt(i) == '%') {
        out.write(HexFormat.fromHexDigits(encoded, i + 1, i + 3));
        i += 2;
      } else {
        out.write(encoded.charAt(i));
      }
    }
    return out.toByteArray();
  }
}
