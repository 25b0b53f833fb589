package org.kiban.backup.repository;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What everything in a repository is wrapped in: IV(16) ‖ AES-256-CTR ‖ Poly1305-AES(16). Safe for
 * several threads.
 */
public final class Envelope {

  /** What it adds. */
  public static final int OVERHEAD = 32;

  // Above this the JVM's fast counter mode is not used, at a thirtieth of the speed.
  private static final int SLICE = 16 * 1024;

  private final MasterKey key;
  private final SecretKeySpec encrypt;
  private final SecureRandom random;
  private final ThreadLocal<Ciphers> ciphers = ThreadLocal.withInitial(this::ciphers);

  private record Ciphers(Cipher counter, Cipher nonce) {}

  Envelope(MasterKey key, SecureRandom random) {
    this.key = key;
    this.encrypt = new SecretKeySpec(key.encrypt(), "AES");
    this.random = random;
  }

  private Ciphers ciphers() {
    try {
      // By the provider's name: another one in front would be many times slower.
      Cipher nonce = Cipher.getInstance("AES/ECB/NoPadding", "SunJCE");
      nonce.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key.k(), "AES"));
      return new Ciphers(Cipher.getInstance("AES/CTR/NoPadding", "SunJCE"), nonce);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Wraps; returns the length, {@code length + OVERHEAD}. The two arrays must not be one. */
  public int seal(byte[] plain, int offset, int length, byte[] out, int at) {
    byte[] iv = new byte[16];
    random.nextBytes(iv);
    System.arraycopy(iv, 0, out, at, 16);
    crypt(iv, plain, offset, length, out, at + 16);
    byte[] tag = tag(iv, out, at + 16, length);
    System.arraycopy(tag, 0, out, at + 16 + length, 16);
    return length + OVERHEAD;
  }

  /** Wraps into a new array. */
  public byte[] seal(byte[] plain) {
    byte[] out = new byte[plain.length + OVERHEAD];
    seal(plain, 0, plain.length, out, 0);
    return out;
  }

  /**
   * Unwraps; returns the length.
   *
   * @param file what to name if it is damaged
   */
  public int open(byte[] sealed, int offset, int length, byte[] out, int at, String file)
      throws DamagedException {
    if (length < OVERHEAD) {
      throw new DamagedException(file, "only " + length + " bytes");
    }
    byte[] iv = Arrays.copyOfRange(sealed, offset, offset + 16);
    int plain = length - OVERHEAD;
    byte[] tag = tag(iv, sealed, offset + 16, plain);
    byte[] stored = Arrays.copyOfRange(sealed, offset + length - 16, offset + length);
    if (!MessageDigest.isEqual(tag, stored)) {
      throw new DamagedException(file, "its authentication code is wrong");
    }
    crypt(iv, sealed, offset + 16, plain, out, at);
    return plain;
  }

  /** Some bytes. */
  @FunctionalInterface
  interface Slices {
    void next(byte[] bytes, int offset, int length);
  }

  /** Decrypts piece by piece, without a look at the authentication code. */
  void decrypt(byte[] sealed, int length, Slices out) {
    byte[] slice = new byte[SLICE];
    try {
      Cipher cipher = counter(Arrays.copyOf(sealed, 16));
      int end = length - 16;
      for (int at = 16; at < end; at += SLICE) {
        out.next(slice, 0, cipher.update(sealed, at, Math.min(SLICE, end - at), slice, 0));
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Cipher counter(byte[] iv) throws GeneralSecurityException {
    Cipher cipher = ciphers.get().counter();
    cipher.init(Cipher.ENCRYPT_MODE, encrypt, new IvParameterSpec(iv));
    return cipher;
  }

  /** Unwraps into a new array. */
  public byte[] open(byte[] sealed, String file) throws DamagedException {
    byte[] out = new byte[Math.max(0, sealed.length - OVERHEAD)];
    open(sealed, 0, sealed.length, out, 0, file);
    return out;
  }

  private void crypt(byte[] iv, byte[] in, int offset, int length, byte[] out, int at) {
    try {
      Cipher cipher = counter(iv);
      int done = 0;
      while (length - done > SLICE) {
        done += cipher.update(in, offset + done, SLICE, out, at + done);
      }
      cipher.doFinal(in, offset + done, length - done, out, at + done);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] tag(byte[] iv, byte[] in, int offset, int length) {
    try {
      byte[] s = ciphers.get().nonce().doFinal(iv);
      byte[] tag = new byte[16];
      Poly1305.tag(key.r(), s, in, offset, length, tag);
      return tag;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
