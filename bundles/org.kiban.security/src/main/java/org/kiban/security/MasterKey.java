package org.kiban.security;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.storage.DurableFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key that wraps all others: 32 random bytes in one printable line, so that it can be kept on
 * paper. Immutable.
 */
final class MasterKey {

  private static final Logger LOG = LoggerFactory.getLogger(MasterKey.class);
  private static final String PREFIX = "kiban-master-key:1:";
  private static final int BYTES = 32;

  private final Path file;
  private final byte[] key;

  private MasterKey(Path file, byte[] key) {
    this.file = file;
    this.key = key;
  }

  /**
   * Reads the key, or makes it if this node has none yet.
   *
   * @param file where it lies
   * @param wrappedKeysExist whether a key would be lost if this one were made anew
   * @throws KibanException if it is missing but needed, or not readable
   */
  static MasterKey open(Path file, boolean wrappedKeysExist, DurableFiles files) {
    if (Files.exists(file)) {
      return read(file);
    }
    if (wrappedKeysExist) {
      throw new KibanException(Outcome.FAILED, SecurityMessage.MASTER_KEY_MISSING, file);
    }
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    String line = PREFIX + Base64.getEncoder().encodeToString(key) + "\n";
    try {
      files.write(file, out -> out.write(line.getBytes(US_ASCII)));
    } catch (IOException e) {
      throw unusable(e, file, e.toString());
    }
    LOG.info(SecurityMessage.KEY_MADE.logLine(file));
    return new MasterKey(file, key);
  }

  private static MasterKey read(Path file) {
    String line;
    try {
      line = Files.readString(file, US_ASCII).strip();
    } catch (IOException e) {
      throw unusable(e, file, e.toString());
    }
    try {
      byte[] key = Base64.getDecoder().decode(line.substring(PREFIX.length()));
      if (line.startsWith(PREFIX) && key.length == BYTES) {
        return new MasterKey(file, key);
      }
      throw unusable(null, file, "not a master key");
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      // The cause may hold key characters: it goes nowhere.
      throw unusable(null, file, "not a master key");
    }
  }

  private static KibanException unusable(Throwable cause, Path file, String reason) {
    return new KibanException(cause, Outcome.FAILED, SecurityMessage.STORE_UNUSABLE, file, reason);
  }

  /** Where it lies. */
  Path file() {
    return file;
  }

  /** A fingerprint that tells keys apart and gives nothing away. */
  String id() {
    return HexFormat.of()
        .formatHex(Hkdf.derive(key, new byte[0], "kiban:master-key-id".getBytes(US_ASCII), 8));
  }

  /** The key that data keys are wrapped with. */
  byte[] wrappingKey() {
    return Hkdf.derive(key, new byte[0], "kiban:wrapping".getBytes(US_ASCII), BYTES);
  }
}
