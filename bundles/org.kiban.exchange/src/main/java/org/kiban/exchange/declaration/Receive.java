package org.kiban.exchange.declaration;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How files arrive.
 *
 * @param transport the transport's name
 * @param ready when a file that is seen is complete
 * @param manifest whether {@code <file>.manifest.json} comes beside the file
 * @param fileName which names are accepted (the whole name must match); none accepts any. A group
 *     named {@code sequence} is the provider's sequence
 * @param options the transport's own
 */
public record Receive(
    String transport,
    Ready ready,
    Manifest manifest,
    Optional<Pattern> fileName,
    Map<String, String> options) {

  /** Copies the options. */
  public Receive {
    options = Map.copyOf(options);
  }

  /**
   * When a file is complete.
   *
   * @param stableSeconds its size and time have not changed for so long
   * @param temporarySuffix names that end so are ignored until they are renamed
   * @param marker the file is complete when one with this suffix added lies beside it
   */
  public record Ready(
      int stableSeconds, Optional<String> temporarySuffix, Optional<String> marker) {}

  /** Whether a manifest comes beside the file. */
  public enum Manifest {
    /** A manifest is no part of this interface. */
    NONE,
    /** Checked where there is one. */
    OPTIONAL,
    /** A file without one waits, and is refused when it stays away. */
    REQUIRED
  }
}
