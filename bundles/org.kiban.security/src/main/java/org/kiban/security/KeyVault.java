package org.kiban.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.keys.Keys;
import org.kiban.core.storage.DurableFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Data keys, each random and wrapped by the master key (AES-256-GCM, bound to its owner's name). A
 * key is read at every call and never kept: deleting its file makes what it encrypted unreadable.
 */
final class KeyVault implements Keys {

  /** A data key's file, in the security directory of its owner. */
  static final String FILE = "data.key";

  private static final Logger LOG = LoggerFactory.getLogger(KeyVault.class);
  private static final String PREFIX = "kiban-data-key:1";
  private static final String CAPABILITY = "security";
  private static final String NODE = "node";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final MasterKey master;
  private final NodePaths paths;
  private final DurableFiles files;
  private final SecureRandom random = new SecureRandom();

  KeyVault(MasterKey master, NodePaths paths, DurableFiles files) {
    this.master = master;
    this.paths = paths;
    this.files = files;
  }

  /** Tells whether a key lies below the data directory that only the master key can open. */
  static boolean holdsKeys(Path data) {
    try (Stream<Path> owners = Files.list(data)) {
      return owners.anyMatch(owner -> Files.exists(owner.resolve(CAPABILITY).resolve(FILE)));
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new KibanException(
          e, Outcome.FAILED, SecurityMessage.STORE_UNUSABLE, data, e.toString());
    }
  }

  @Override
  public SecretKey municipality(MunicipalityCode code, String purpose) {
    return derived(code.value(), paths.municipalityDirectory(code, CAPABILITY), purpose);
  }

  @Override
  public SecretKey node(String purpose) {
    return derived(NODE, paths.nodeDirectory(CAPABILITY), purpose);
  }

  private SecretKey derived(String owner, Path directory, String purpose) {
    byte[] key = dataKey(owner, directory.resolve(FILE));
    byte[] info = ("kiban:" + owner + ":" + purpose).getBytes(UTF_8);
    try {
      return new SecretKeySpec(Hkdf.derive(key, new byte[0], info, KEY_BYTES), "AES");
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  // One at a time, so that two first users of a municipality get one key.
  private synchronized byte[] dataKey(String owner, Path file) {
    try {
      return Files.exists(file) ? unwrap(owner, file) : create(owner, file);
    } catch (IOException | GeneralSecurityException e) {
      throw new KibanException(
          e, Outcome.FAILED, SecurityMessage.STORE_UNUSABLE, file, e.toString());
    }
  }

  private byte[] create(String owner, Path file) throws IOException, GeneralSecurityException {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = cipher(Cipher.ENCRYPT_MODE, owner, nonce).doFinal(key);
    Base64.Encoder base64 = Base64.getEncoder();
    String line =
        String.join(
            ":",
            PREFIX,
            owner,
            master.id(),
            base64.encodeToString(nonce),
            base64.encodeToString(sealed) + "\n");
    files.write(file, out -> out.write(line.getBytes(UTF_8)));
    LOG.info(SecurityMessage.KEY_MADE.logLine(file));
    return key;
  }

  private byte[] unwrap(String owner, Path file) throws IOException, GeneralSecurityException {
    String[] fields = Files.readString(file, UTF_8).strip().split(":");
    if (fields.length != 6
        || !(fields[0] + ":" + fields[1]).equals(PREFIX)
        || !fields[2].equals(owner)) {
      throw new KibanException(Outcome.FAILED, SecurityMessage.KEY_DAMAGED, file);
    }
    if (!fields[3].equals(master.id())) {
      throw new KibanException(
          Outcome.FAILED, SecurityMessage.MASTER_KEY_WRONG, file, fields[3], master.id());
    }
    try {
      byte[] nonce = Base64.getDecoder().decode(fields[4]);
      return cipher(Cipher.DECRYPT_MODE, owner, nonce)
          .doFinal(Base64.getDecoder().decode(fields[5]));
    } catch (IllegalArgumentException | AEADBadTagException e) {
      throw new KibanException(e, Outcome.FAILED, SecurityMessage.KEY_DAMAGED, file);
    }
  }

  private Cipher cipher(int mode, String owner, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        new SecretKeySpec(master.wrappingKey(), "AES"),
        new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD((PREFIX + ":" + owner).getBytes(UTF_8));
    return cipher;
  }
}
