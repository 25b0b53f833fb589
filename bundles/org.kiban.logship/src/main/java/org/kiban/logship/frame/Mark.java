package org.kiban.logship.frame;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * How far somebody has a lane. Immutable.
 *
 * @param offset bytes of the lane
 * @param count how many items these bytes hold
 * @param chain SHA-256 over everything up to here, 32 bytes; never written to
 */
public record Mark(long offset, long count, byte[] chain) {

  /** Nothing of a lane. */
  public static final Mark START = new Mark(0, 0, new byte[32]);

  /**
   * The mark after more of the lane. The chain goes on with: itself, the lane's key, from, to and
   * count (8 bytes each, big-endian), and the body.
   *
   * @param body read from its position to its limit; left as it was
   */
  public Mark next(String key, long to, long items, ByteBuffer body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(chain);
      digest.update(key.getBytes(StandardCharsets.US_ASCII));
      digest.update(ByteBuffer.allocate(24).putLong(offset).putLong(to).putLong(items).flip());
      digest.update(body.duplicate());
      return new Mark(to, count + items, digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(offset);
    out.writeLong(count);
    out.write(chain);
  }

  static Mark read(DataInput in) throws IOException {
    long offset = in.readLong();
    long count = in.readLong();
    byte[] chain = new byte[32];
    in.readFully(chain);
    return new Mark(offset, count, chain);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mark m
        && m.offset == offset
        && m.count == count
        && Arrays.equals(m.chain, chain);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(offset) * 31 + Arrays.hashCode(chain);
  }

  @Override
  public String toString() {
    return offset + "/" + count + "/" + HexFormat.of().formatHex(chain, 0, 4);
  }
}
