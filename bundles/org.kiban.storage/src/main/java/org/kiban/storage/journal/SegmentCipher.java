package org.kiban.storage.journal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts one segment. Each segment has a key of its own, derived from the journal's by a random
 * salt, so that the number of random nonces under one key stays far below the limit of GCM. Not
 * safe for threads.
 */
final class SegmentCipher {

  static final int SALT_BYTES = 32;
  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;
  static final int MAC_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final Cipher cipher;
  private final SecretKey key;

  SegmentCipher(SecretKey journalKey, byte[] salt) {
    try {
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
      this.key = new SecretKeySpec(mac(journalKey, "kiban-journal-segment", salt), "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime lacks AES-GCM", e);
    }
  }

  byte[] nonce() {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    return nonce;
  }

  /** Encrypts the rest of {@code plain} to {@code out}, bound to {@code aad}. */
  void encrypt(byte[] nonce, byte[] aad, ByteBuffer plain, ByteBuffer out) {
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
      cipher.updateAAD(aad);
      cipher.doFinal(plain, out);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM cannot encrypt", e);
    }
  }

  /**
   * Decrypts a body.
   *
   * @throws AEADBadTagException if it is not what was encrypted with this key, nonce and aad
   */
  byte[] decrypt(byte[] nonce, byte[] aad, byte[] body) throws AEADBadTagException {
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
      cipher.updateAAD(aad);
      return cipher.doFinal(body);
    } catch (AEADBadTagException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM cannot decrypt", e);
    }
  }

  /** Authenticates bytes for a purpose with the journal's key. */
  static byte[] mac(SecretKey journalKey, String purpose, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(journalKey);
      mac.update(purpose.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime lacks HmacSHA256", e);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime lacks SHA-256", e);
    }
  }
}
