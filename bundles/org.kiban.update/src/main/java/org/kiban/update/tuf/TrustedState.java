package org.kiban.update.tuf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.storage.DurableFiles;
import org.kiban.update.UpdateCode;

/**
 * The metadata that this node trusts, on disk. It is what keeps an attacker from going back.
 *
 * @param folder that holds nothing else; must exist
 * @param files writes it
 */
record TrustedState(Path folder, DurableFiles files) {

  private static final String ANCHOR = "anchor.json";

  Optional<byte[]> read(String name) {
    Path file = folder.resolve(name);
    try {
      return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, UpdateCode.NOT_READ, file, e.toString());
    }
  }

  void write(String name, byte[] content) {
    try {
      files.write(folder.resolve(name), out -> out.write(content));
    } catch (IOException e) {
      throw new KibanException(
          e, Outcome.FAILED, UpdateCode.NOT_WRITTEN, folder.resolve(name), e.toString());
    }
  }

  /**
   * The root to begin with. Operators who replace their anchor, because the repository's keys were
   * lost, begin anew: then what was trusted before is forgotten.
   *
   * @param anchor the first root that operators trust
   */
  byte[] root(byte[] anchor) {
    if (!read(ANCHOR).map(known -> Arrays.equals(known, anchor)).orElse(false)) {
      forgetAll();
      write(ANCHOR, anchor);
    }
    return read("root.json").orElse(anchor);
  }

  private void forgetAll() {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.filter(f -> !f.endsWith(ANCHOR)).toList()) {
        files.delete(file);
      }
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, UpdateCode.NOT_WRITTEN, folder, e.toString());
    }
  }
}
