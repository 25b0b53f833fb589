package org.kiban.core.keys;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;

/** Ed25519 signatures, as RFC 8032 fixes them. Safe for any thread. */
public final class Ed25519 {

  private Ed25519() {}

  /**
   * Whether a signature is a key's, over a content.
   *
   * @return also false if the key is of another kind or the signature malformed
   */
  public static boolean holds(PublicKey key, byte[] content, byte[] signature) {
    try {
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(content);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
