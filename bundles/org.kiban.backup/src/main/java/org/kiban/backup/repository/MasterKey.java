package org.kiban.backup.repository;

import java.security.SecureRandom;

/** What encrypts and authenticates a repository: AES-256, and the two halves of Poly1305-AES. */
record MasterKey(byte[] encrypt, byte[] k, byte[] r) {

  static MasterKey random(SecureRandom random) {
    MasterKey key = new MasterKey(new byte[32], new byte[16], new byte[16]);
    random.nextBytes(key.encrypt);
    random.nextBytes(key.k);
    random.nextBytes(key.r);
    return key;
  }

  static MasterKey of(byte[] bytes) {
    MasterKey key = new MasterKey(new byte[32], new byte[16], new byte[16]);
    System.arraycopy(bytes, 0, key.encrypt, 0, 32);
    System.arraycopy(bytes, 32, key.k, 0, 16);
    System.arraycopy(bytes, 48, key.r, 0, 16);
    return key;
  }
}
