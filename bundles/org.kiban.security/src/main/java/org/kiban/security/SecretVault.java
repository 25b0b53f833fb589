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
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.keys.Keys;
import org.kiban.core.keys.Secrets;
import org.kiban.core.storage.DurableFiles;

/**
 * One file per secret, {@code <KIBAN_DATA>/<code>/security/secrets/<name>}: a nonce and the value
 * under AES-256-GCM with a key of the municipality, bound to municipality and name, so that a file
 * copied to another place is refused.
 */
final class SecretVault implements Secrets {

  private static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";
  private static final int LONGEST = 65_536;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Keys keys;
  private final NodePaths paths;
  private final DurableFiles files;
  private final SecureRandom random = new SecureRandom();

  SecretVault(Keys keys, NodePaths paths, DurableFiles files) {
    this.keys = keys;
    this.paths = paths;
    this.files = files;
  }

  @Override
  public Optional<String> find(MunicipalityCode code, String name) {
    if (!name.matches(NAME)) {
      return Optional.empty();
    }
    Path file = directory(code).resolve(name);
    try {
      byte[] sealed = Files.readAllBytes(file);
      if (sealed.length <= NONCE_BYTES) {
        throw new KibanException(Outcome.FAILED, SecurityMessage.SECRET_DAMAGED, file);
      }
      byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
      byte[] value =
          cipher(Cipher.DECRYPT_MODE, code, name, nonce)
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
  public List<String> names(MunicipalityCode code) {
    Path directory = directory(code);
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
  public void put(MunicipalityCode code, String name, String value) {
    if (!name.matches(NAME)) {
      throw new KibanException(Outcome.USAGE, SecurityMessage.SECRET_NAME, name);
    }
    if (value.isEmpty() || value.length() > LONGEST) {
      throw new KibanException(Outcome.USAGE, SecurityMessage.SECRET_VALUE, LONGEST);
    }
    Path file = directory(code).resolve(name);
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, code, name, nonce).doFinal(value.getBytes(UTF_8));
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
  public boolean remove(MunicipalityCode code, String name) {
    Path file = directory(code).resolve(name);
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

  private Path directory(MunicipalityCode code) {
    return paths.municipalityDirectory(code, "security").resolve("secrets");
  }

  private Cipher cipher(int mode, MunicipalityCode code, String name, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, keys.municipality(code, "secrets"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(("kiban-secret:1:" + code + ":" + name).getBytes(UTF_8));
    return cipher;
  }

  private static KibanException unusable(Path file, IOException e) {
    return new KibanException(
        e, Outcome.FAILED, SecurityMessage.STORE_UNUSABLE, file, e.toString());
  }
}
