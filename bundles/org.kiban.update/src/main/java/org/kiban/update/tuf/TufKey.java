package org.kiban.update.tuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.kiban.core.Digests;
import org.kiban.core.keys.Ed25519;

/**
 * An Ed25519 key of TUF metadata.
 *
 * @param hex its 32 bytes, in lower case hexadecimal digits
 * @param key the same for Java
 */
public record TufKey(String hex, PublicKey key) {

  private static final String KIND = "ed25519";

  /** What comes before the 32 bytes in the X.509 form of a key. */
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int LENGTH = 32;

  /** The key of a pair. */
  public static TufKey of(PublicKey key) {
    byte[] encoded = key.getEncoded();
    byte[] raw = Arrays.copyOfRange(encoded, encoded.length - LENGTH, encoded.length);
    return new TufKey(HexFormat.of().formatHex(raw), key);
  }

  /** Reads a key; empty if it is of a kind that this node does not know, and so cannot count. */
  static Optional<TufKey> parse(JsonNode node) {
    String hex = node.path("keyval").path("public").asText();
    if (!KIND.equals(node.path("keytype").asText()) || !KIND.equals(node.path("scheme").asText())) {
      return Optional.empty();
    }
    try {
      byte[] raw = HexFormat.of().parseHex(hex);
      byte[] encoded = Arrays.copyOf(X509, X509.length + raw.length);
      System.arraycopy(raw, 0, encoded, X509.length, raw.length);
      return Optional.of(
          of(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** As metadata holds it. */
  public ObjectNode toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("keytype", KIND).put("scheme", KIND).putObject("keyval").put("public", hex);
    return node;
  }

  /** Its name in metadata: SHA-256 of its canonical form. */
  public String id() {
    try {
      return Digests.sha256(CanonicalJson.write(toJson()));
    } catch (IOException e) {
      throw new IllegalStateException("a key is plain text", e);
    }
  }

  /** Whether a signature is this key's, over these bytes. */
  boolean holds(byte[] content, byte[] signature) {
    return Ed25519.holds(key, content, signature);
  }
}
