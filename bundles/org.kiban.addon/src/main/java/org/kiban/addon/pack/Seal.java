package org.kiban.addon.pack;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kiban.core.Digests;
import org.kiban.core.keys.Ed25519;

/**
 * An Ed25519 signature as a line of text: {@code ed25519 <key id> <base64>}.
 *
 * @param keyId whose
 * @param signature 64 bytes
 */
public record Seal(String keyId, byte[] signature) {

  public static final String PATH = "META-INF/kiban/signature";
  private static final Pattern FORM =
      Pattern.compile("ed25519 ([0-9a-f]{32}) ([A-Za-z0-9+/]{86}==)\n");

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Seal parse(byte[] content) {
    Matcher m = FORM.matcher(new String(content, StandardCharsets.ISO_8859_1));
    if (!m.matches()) {
      throw new IllegalArgumentException("not ed25519 <key id> <base64>");
    }
    return new Seal(m.group(1), Base64.getDecoder().decode(m.group(2)));
  }

  public byte[] toBytes() {
    return "ed25519 %s %s\n"
        .formatted(keyId, Base64.getEncoder().encodeToString(signature))
        .getBytes(StandardCharsets.US_ASCII);
  }

  public static Seal sign(byte[] content, PrivateKey privateKey, PublicKey publicKey) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(privateKey);
      signature.update(content);
      return new Seal(keyId(publicKey), signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 key", e);
    }
  }

  public boolean holds(byte[] content, PublicKey key) {
    return Ed25519.holds(key, content, signature);
  }

  /** The name of a key: the first half of the SHA-256 of its X.509 form. */
  public static String keyId(PublicKey key) {
    return Digests.sha256(key.getEncoded()).substring(0, 32);
  }

  /**
   * Reads a public key.
   *
   * @param base64 of its X.509 form, as {@code openssl pkey -pubout} writes it between its lines
   * @throws IllegalArgumentException if it is no Ed25519 key
   */
  public static PublicKey publicKey(String base64) {
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
