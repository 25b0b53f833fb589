package org.kiban.storage.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import javax.crypto.SecretKey;
import org.kiban.core.storage.DurableFiles;

/**
 * A place in the chain that a file remembers. {@code head}: where a journal ended when it was
 * closed, or some seconds before it was killed, so that entries which disappear from its end are
 * missed; who copies a journal that is open copies this file first. {@code base}: the last entry
 * that was let go of, so that none is taken for it. Holds the position (8), an HMAC over position
 * and chain hash (32); not the hash itself, from which a short payload could be guessed.
 */
record Anchor(long position, byte[] mac) {

  /** The file of the end. */
  static final String HEAD = "head";

  /** The file of the beginning; there is none while nothing was let go of. */
  static final String BASE = "base";

  private static final int BYTES = 8 + SegmentCipher.MAC_BYTES;

  static Anchor of(SecretKey key, long position, byte[] hash) {
    byte[] number = ByteBuffer.allocate(8).putLong(0, position).array();
    return new Anchor(position, SegmentCipher.mac(key, "kiban-journal-head", number, hash));
  }

  void write(DurableFiles files, Path file) throws IOException {
    byte[] bytes = ByteBuffer.allocate(BYTES).putLong(position).put(mac).array();
    files.write(file, out -> out.write(bytes));
  }

  /** Reads one, or returns null if there never was one. */
  static Anchor read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length != BYTES) {
      throw new IOException(file + ": not " + BYTES + " bytes long");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long position = in.getLong();
    byte[] mac = new byte[SegmentCipher.MAC_BYTES];
    in.get(mac);
    return new Anchor(position, mac);
  }

  /** Tells whether the chain has this hash at the anchored position. */
  boolean matches(SecretKey key, byte[] hash) {
    return MessageDigest.isEqual(mac, of(key, position, hash).mac);
  }
}
