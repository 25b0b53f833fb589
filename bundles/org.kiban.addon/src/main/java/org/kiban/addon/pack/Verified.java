package org.kiban.addon.pack;

import java.nio.file.Path;
import java.util.List;

/**
 * A package that may be installed. Verifying writes nothing; {@link Verifier#unpack} brings the
 * bundles out and compares each with its signed hash again, because the file may have changed
 * since.
 *
 * @param manifest what it says of itself
 * @param signer who signed it
 * @param entries all its files, sorted by path
 * @param bundles in the order of its feature file, which is the order to install them in
 * @param features names of features that must be installed already, for example {@code
 *     kiban-exchange}
 * @param file where it lay when it was verified
 * @param sha256 of the signed list of entries, lower-case hexadecimal: it identifies the content
 */
public record Verified(
    AddonManifest manifest,
    Signer signer,
    List<Entry> entries,
    List<AddonBundle> bundles,
    List<String> features,
    Path file,
    String sha256) {

  /** Copies the lists. */
  public Verified {
    entries = List.copyOf(entries);
    bundles = List.copyOf(bundles);
    features = List.copyOf(features);
  }
}
