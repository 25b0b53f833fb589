package org.kiban.storage.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.zip.CRC32C;
import javax.crypto.SecretKey;

/**
 * The first bytes of a segment file: magic (8), first position (8), salt (32), first position (8)
 * and length (8) of the segment before, HMAC over these with the journal's key (32), CRC-32C over
 * all (4).
 *
 * @param first the position of the segment's first entry
 * @param salt of the segment's key
 * @param firstBefore first position of the segment before it, 0 for the first segment
 * @param lengthBefore bytes of the sealed segment before it, 0 for the first segment
 */
record SegmentHeader(long first, byte[] salt, long firstBefore, long lengthBefore) {

  static final int BYTES = 100;
  private static final long MAGIC = 0x4b424e4a524e4c31L; // KBNJRNL1
  private static final int SIGNED = 64;

  static SegmentHeader create(long first, long firstBefore, long lengthBefore) {
    byte[] salt = new byte[SegmentCipher.SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return new SegmentHeader(first, salt, firstBefore, lengthBefore);
  }

  byte[] bytes(SecretKey key) {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.putLong(MAGIC).putLong(first).put(salt).putLong(firstBefore).putLong(lengthBefore);
    out.put(mac(key, out.array())).putInt(crc(out.array()));
    return out.array();
  }

  /**
   * Reads a segment's header.
   *
   * @throws IOException if it is damaged, or written with another key; the message says which
   */
  static SegmentHeader read(RandomAccessFile file, Path name, SecretKey key) throws IOException {
    byte[] bytes = new byte[BYTES];
    if (file.length() < BYTES) {
      throw new IOException(name + ": shorter than a segment header");
    }
    file.seek(0);
    file.readFully(bytes);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.getLong() != MAGIC || in.getInt(BYTES - 4) != crc(bytes)) {
      throw new IOException(name + ": damaged segment header");
    }
    long first = in.getLong();
    byte[] salt = new byte[SegmentCipher.SALT_BYTES];
    in.get(salt);
    long firstBefore = in.getLong();
    long lengthBefore = in.getLong();
    byte[] mac = new byte[SegmentCipher.MAC_BYTES];
    in.get(mac);
    if (!MessageDigest.isEqual(mac, mac(key, bytes))) {
      throw new IOException(name + ": written with another key");
    }
    return new SegmentHeader(first, salt, firstBefore, lengthBefore);
  }

  private static byte[] mac(SecretKey key, byte[] bytes) {
    return SegmentCipher.mac(key, "kiban-journal-header", java.util.Arrays.copyOf(bytes, SIGNED));
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, BYTES - 4);
    return (int) crc.getValue();
  }
}
