package org.kiban.logship.ship;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The hash of all segments of a source up to a place, in order. Immutable.
 *
 * <p>The next one is SHA-256 over: the one before (32 bytes), the 32 ASCII digits of the source,
 * the offsets where the segment begins and ends and its number of events (8 bytes each,
 * big-endian), and its body. So whoever has the bodies can prove that none is missing, changed or
 * moved.
 */
public final class Chain {

  /** The chain of a source of which nothing was sent: 32 zero bytes. */
  public static final Chain NONE = new Chain(new byte[32]);

  private final byte[] hash;

  private Chain(byte[] hash) {
    this.hash = hash;
  }

  /**
   * @param hash 32 bytes, copied
   * @throws IllegalArgumentException if there are not 32
   */
  public static Chain of(byte[] hash) {
    if (hash.length != 32) {
      throw new IllegalArgumentException("expected 32 bytes");
    }
    return new Chain(hash.clone());
  }

  /** The same from 64 hexadecimal digits. */
  public static Chain of(String digits) {
    return of(HexFormat.of().parseHex(digits));
  }

  /** The chain after one more segment. */
  public Chain next(SourceId source, long from, long to, long events, ByteBuffer body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(hash);
      digest.update(source.value().getBytes(StandardCharsets.US_ASCII));
      digest.update(ByteBuffer.allocate(24).putLong(from).putLong(to).putLong(events).flip());
      digest.update(body.duplicate());
      return new Chain(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The 32 bytes, copied. */
  public byte[] bytes() {
    return hash.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Chain c && Arrays.equals(hash, c.hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hash);
  }

  /** 64 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(hash);
  }
}
