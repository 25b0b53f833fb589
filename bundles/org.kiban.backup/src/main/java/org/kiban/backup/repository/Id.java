package org.kiban.backup.repository;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A SHA-256: the name of a blob, or of a file of a repository. */
public record Id(long a, long b, long c, long d) implements Comparable<Id> {

  /** Length in bytes. */
  public static final int BYTES = 32;

  /** From 32 bytes. */
  public static Id of(byte[] bytes, int offset) {
    ByteBuffer in = ByteBuffer.wrap(bytes, offset, BYTES);
    return new Id(in.getLong(), in.getLong(), in.getLong(), in.getLong());
  }

  /** From 64 hexadecimal digits. */
  public static Id parse(String hex) {
    if (!isName(hex)) {
      throw new IllegalArgumentException("not 64 lower-case hexadecimal digits: " + hex);
    }
    return new Id(word(hex, 0), word(hex, 16), word(hex, 32), word(hex, 48));
  }

  private static long word(String hex, int from) {
    return HexFormat.fromHexDigitsToLong(hex, from, from + 16);
  }

  /** Whether a text is a name that a repository uses. */
  public static boolean isName(String text) {
    if (text.length() != 64) {
      return false;
    }
    for (int i = 0; i < 64; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** Writes the 32 bytes. */
  public void put(ByteBuffer out) {
    out.putLong(a).putLong(b).putLong(c).putLong(d);
  }

  @Override
  public int compareTo(Id o) {
    int result = Long.compareUnsigned(a, o.a);
    result = result != 0 ? result : Long.compareUnsigned(b, o.b);
    result = result != 0 ? result : Long.compareUnsigned(c, o.c);
    return result != 0 ? result : Long.compareUnsigned(d, o.d);
  }

  /** The first eight digits, as operators see them. */
  public String brief() {
    return toString().substring(0, 8);
  }

  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(a) + hex.toHexDigits(b) + hex.toHexDigits(c) + hex.toHexDigits(d);
  }

  /** A new SHA-256, from the provider whose is fast. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256", "SUN");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
