package org.kiban.addon.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.kiban.addon.pack.Seal;

/**
 * A vendor's Ed25519 key in a PEM file, as {@code openssl genpkey -algorithm ed25519} writes it.
 */
public final class VendorKey {

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final int LENGTH = 48;
  private static final int SEED = 32;

  private VendorKey() {}

  /**
   * Makes a key and writes it, for its owner's eyes only.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one: it is never replaced
   */
  public static KeyPair create(Path file) throws IOException {
    try {
      KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      String base64 = Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded());
      if (file.toAbsolutePath().getParent() != null) {
        Files.createDirectories(file.toAbsolutePath().getParent());
      }
      var channel =
          Files.newByteChannel(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (channel) {
        String text = BEGIN + "\n" + base64 + "\n" + END + "\n";
        channel.write(java.nio.ByteBuffer.wrap(text.getBytes()));
      }
      return keys;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads a key.
   *
   * @throws IllegalArgumentException if the file holds none
   */
  public static KeyPair read(Path file) throws IOException {
    String text = Files.readString(file);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException(file + " is no PEM file with a private key");
    }
    byte[] encoded =
        Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end).strip());
    if (encoded.length != LENGTH) {
      throw new IllegalArgumentException(file + " holds no Ed25519 key");
    }
    try {
      PrivateKey key =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      byte[] seed = Arrays.copyOfRange(encoded, LENGTH - SEED, LENGTH);
      return new KeyPair(ofSeed(seed).getPublic(), key);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(file + " holds no Ed25519 key", e);
    }
  }

  /** The pair of a seed: the JDK gives the public key of a private one in no other way. */
  private static KeyPair ofSeed(byte[] seed) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(
        NamedParameterSpec.ED25519,
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
          }
        });
    return generator.generateKeyPair();
  }

  /** The text of a trust file, for the node's operator to read, complete and put in place. */
  public static String trustFile(KeyPair keys, String vendor, String prefix, int year) {
    return """
        # A vendor's key. Compare key-id with the vendor by telephone before you trust it.
        key-id: %s
        public-key: %s
        vendor: %s
        prefixes: [%s]
        valid-from: %d-01-01
        valid-until: %d-12-31
        # What its add-ons may ask for; * at the end stands for anything.
        grants:
          pids: []
          ports: []
          addresses: []
          folders: []
          capabilities: ["*"]
        """
        .formatted(
            Seal.keyId(keys.getPublic()),
            Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()),
            vendor,
            prefix,
            year,
            year + 2);
  }
}
