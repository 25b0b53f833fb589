package org.kiban.backup.repository;

import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * Goes the way back of a blob before it is stored: what was compressed is decompressed and held to
 * a sum that was taken before the blob was named, what was encrypted is decrypted and held to one
 * of what was to be encrypted. So neither what changed in memory since then is stored under the
 * name of what was saved, nor what the codec cannot take apart. Safe for several threads.
 *
 * <p>A sum finds what memory and codecs do to data, at a tenth of the cost of the SHA-256. The
 * authentication code is not computed once more: the same code on the same bytes gives the same.
 */
final class WayBack {

  private final Envelope envelope;
  private final Codec codec;

  WayBack(Envelope envelope, Codec codec) {
    this.envelope = envelope;
    this.codec = codec;
  }

  /** What is compared. */
  static long sum(byte[] content, int length) {
    Checksum sum = new CRC32C();
    sum.update(content, 0, length);
    return sum.getValue();
  }

  /**
   * Looks at what was compressed; returns its sum.
   *
   * @param room for what comes out
   * @param plain how much that must be
   * @param expected what its sum must be
   */
  long compressed(Id id, byte[] packed, int length, byte[] room, int plain, long expected)
      throws DamagedException {
    long sum = sum(packed, length);
    codec.decompress(packed, 0, length, room, plain, id.toString());
    require(id, sum(room, plain) == expected);
    return sum;
  }

  /**
   * Looks at what was encrypted.
   *
   * @param expected the sum of what must come out
   */
  void encrypted(Id id, byte[] sealed, int length, long expected) throws DamagedException {
    Checksum sum = new CRC32C();
    envelope.decrypt(sealed, length, sum::update);
    require(id, sum.getValue() == expected);
  }

  private static void require(Id id, boolean same) throws DamagedException {
    if (!same) {
      throw new DamagedException(id.toString(), "changed in memory before it was stored");
    }
  }
}
