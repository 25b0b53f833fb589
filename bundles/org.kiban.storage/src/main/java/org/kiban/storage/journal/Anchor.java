package org.kiban.storage.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import javax.crypto.SecretKey;
import org.kiban.core.storage.DurableFiles;

/**
 * Remembers in the file {@code head} where a journal ended when it was closed, or some seconds
 * before it was killed, so that entries which disappear from its end are missed. Who copies a
 * journal that is open copies this file first. Holds the position (8), an HMAC over position and
 * chain hash (32); not the hash itself, from which a short payload could be guessed.
 */
record Anchor(long position, byte[] mac) {

  /** Its file. */
  static final String NAME = "head";

  private static final int BYTES = 8 + SegmentCipher.MAC_BYTES;

  static Anchor of(SecretKey key, long position, byte[] hash) {
    byte[] number = ByteBuffer.allocate(8).putLong(0, position).array();
    return new Anchor(position, SegmentCipher.mac(key, "kiban-journal-head", number, hash));
  }

  void write(DurableFiles files, Path directory) throws IOException {
    byte[] bytes = ByteBuffer.allocate(BYTES).putLong(position).put(mac).array();
    files.write(directory.resolve(NAME), out -> out.write(bytes));
  }

  /** Reads it, or returns null if there never was one. */
  static Anchor read(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
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
