package org.kiban.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.keys.NodeSecrets;
import org.kiban.core.storage.DurableFiles;

/**
 * The secrets of one owner, a municipality or the node. One file per secret, {@code
 * <KIBAN_DATA>/<owner>/security/secrets/<name>}: a nonce and the value under AES-256-GCM with a key
 * of the owner, bound to owner and name, so that a file copied to another place is refused.
 */
final class SecretFolder implements NodeSecrets {

  private static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";
  private static final int LONGEST = 65_536;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final String owner;
  private final Path directory;
  private final Supplier<SecretKey> key;
  private final DurableFiles files;
  private final SecureRandom random;

  /**
   * Opens nothing yet.
   *
   * @param owner by name, as in {@code KIBAN_DATA}
   * @param security the owner's directory of this capability
   * @param key made of the owner's own for secrets
   */
  SecretFolder(
      String owner,
      Path security,
      Supplier<SecretKey> key,
      DurableFiles files,
      SecureRandom random) {
    this.owner = owner;
    this.directory = security.resolve("secrets");
    this.key = key;
    this.files = files;
    this.random = random;
  }

  @Override
  public Optional<String> find(String name) {
    if (!name.matches(NAME)) {
      return Optional.empty();
    }
    Path file = directory.resolve(name);
    try {
      byte[] sealed = Files.readAllBytes(file);
      if (sealed.length <= NONCE_BYTES) {
        throw new KibanException(Outcome.FAILED, SecurityMessage.SECRET_DAMAGED, file);
      }
      byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
      byte[] value =
          cipher(Cipher.DECRYPT_MODE, name, nonce)
              .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
      return Optional.of(new String(value, UTF_8));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new KibanException(e, Outcome.FAILED, SecurityMessage.SECRET_DAMAGED, file);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  @Override
  public List<String> names() {
    try (Stream<Path> found = Files.list(directory)) {
      return found
          .map(f -> f.getFileName().toString())
          .filter(n -> n.matches(NAME))
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  @Override
  public void put(String name, String value) {
    if (!name.matches(NAME)) {
      throw new KibanException(Outcome.USAGE, SecurityMessage.SECRET_NAME, name);
    }
    if (value.isEmpty() || value.length() > LONGEST) {
      throw new KibanException(Outcome.USAGE, SecurityMessage.SECRET_VALUE, LONGEST);
    }
    Path file = directory.resolve(name);
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, name, nonce).doFinal(value.getBytes(UTF_8));
      Files.createDirectories(file.getParent());
      files.syncDirectory(file.getParent().getParent());
      files.write(
          file,
          out -> {
            out.write(nonce);
            out.write(sealed);
          });
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime lacks AES-GCM", e);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  @Override
  public boolean remove(String name) {
    Path file = directory.resolve(name);
    try {
      boolean there = name.matches(NAME) && Files.exists(file);
      if (there) {
        files.delete(file);
      }
      return there;
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private Cipher cipher(int mode, String name, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key.get(), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(("kiban-secret:1:" + owner + ":" + name).getBytes(UTF_8));
    return cipher;
  }

  private static KibanException unusable(Path file, IOException e) {
    return new KibanException(
        e, Outcome.FAILED, SecurityMessage.STORE_UNUSABLE, file, e.toString());
  }
}
