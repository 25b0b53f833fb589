package org.kiban.storage.journal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** The hash chain over the plain entries, as {@code Journal.Entry} defines it. */
final class Chain {

  private final MessageDigest digest = SegmentCipher.sha256();

  /** The hash before the first entry. */
  static byte[] origin() {
    return new byte[Frame.HASH_BYTES];
  }

  /** The hash after one more entry. */
  byte[] next(byte[] before, long position, byte[] payload) {
    digest.update(before);
    digest.update(ByteBuffer.allocate(8).putLong(0, position));
    return digest.digest(payload);
  }
}
