package org.kiban.security;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with HMAC-SHA-256 (RFC 5869). Pure functions. */
final class Hkdf {

  private static final String HMAC = "HmacSHA256";
  private static final int HASH_BYTES = 32;

  private Hkdf() {}

  /**
   * Derives key material.
   *
   * @param secret the input keying material
   * @param salt may be empty
   * @param info binds the result to a use
   * @param length in bytes, at most 255 * 32
   */
  static byte[] derive(byte[] secret, byte[] salt, byte[] info, int length) {
    if (length > 255 * HASH_BYTES) {
      throw new IllegalArgumentException("too long: " + length);
    }
    byte[] pseudoRandomKey = hmac(salt.length == 0 ? new byte[HASH_BYTES] : salt, secret);
    byte[] out = new byte[length];
    byte[] block = new byte[0];
    for (int done = 0, i = 1; done < length; done += HASH_BYTES, i++) {
      block = hmac(pseudoRandomKey, block, info, new byte[] {(byte) i});
      System.arraycopy(block, 0, out, done, Math.min(HASH_BYTES, length - done));
    }
    Arrays.fill(pseudoRandomKey, (byte) 0);
    return out;
  }

  private static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }
}
