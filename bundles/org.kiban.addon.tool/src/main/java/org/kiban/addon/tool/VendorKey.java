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
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.kiban.addon.pack.Seal;

/**
 * A vendor's Ed25519 key in a PEM file, as {@code openssl genpkey -algorithm ed25519} writes it.
 */
public final class VendorKey {

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";
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
    byte[] encoded =
        content(Files.readString(file), BEGIN, END)
            .orElseThrow(
                () -> new IllegalArgumentException(file + " is no PEM file with a private key"));
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

  /**
   * Reads a public key, of a file that holds it or the private one.
   *
   * @throws IllegalArgumentException if the file holds none
   */
  public static PublicKey readPublic(Path file) throws IOException {
    String text = Files.readString(file);
    Optional<byte[]> encoded =
        content(text, BEGIN.replace(PRIVATE, PUBLIC), END.replace(PRIVATE, PUBLIC));
    if (encoded.isEmpty()) {
      return read(file).getPublic();
    }
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePublic(new X509EncodedKeySpec(encoded.get()));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(file + " holds no Ed25519 key", e);
    }
  }

  /** Writes the public key of a pair, for others to read. */
  public static void writePublic(Path file, PublicKey key) throws IOException {
    String base64 = Base64.getEncoder().encodeToString(key.getEncoded());
    Files.writeString(
        file,
        BEGIN.replace(PRIVATE, PUBLIC)
            + "\n"
            + base64
            + "\n"
            + END.replace(PRIVATE, PUBLIC)
            + "\n");
  }

  private static Optional<byte[]> content(String text, String begin, String end) {
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    return from < 0 || to < from
        ? Optional.empty()
        : Optional.of(
            Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to).strip()));
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
