package org.kiban.addon.swap;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.kiban.addon.pack.AddonBundle;
import org.kiban.addon.pack.Permissions;
import org.kiban.addon.pack.Verified;

/**
 * An add-on as installed.
 *
 * @param id its name
 * @param version its version
 * @param nameJa for operators
 * @param nameEn for operators
 * @param vendor who made it
 * @param keyId the key that signed it
 * @param permissions what it may touch
 * @param features features of the node that it needs
 * @param sha256 of the package
 * @param pieces its bundles in the order in which they start
 */
public record Addon(
    String id,
    String version,
    String nameJa,
    String nameEn,
    String vendor,
    String keyId,
    Permissions permissions,
    List<String> features,
    String sha256,
    List<Piece> pieces) {

  /** Copies the lists. */
  public Addon {
    features = List.copyOf(features);
    pieces = List.copyOf(pieces);
  }

  /** What a verified package installs. */
  static Addon of(Verified verified) {
    String id = verified.manifest().id();
    return new Addon(
        id,
        verified.manifest().version().toString(),
        verified.manifest().nameJa(),
        verified.manifest().nameEn(),
        verified.manifest().vendor(),
        verified.signer().keyId(),
        verified.manifest().permissions(),
        verified.features(),
        verified.sha256(),
        verified.bundles().stream().map(b -> piece(id, b)).toList());
  }

  private static Piece piece(String id, AddonBundle bundle) {
    String version = bundle.version().toString();
    String sha256 = bundle.entry().sha256();
    return new Piece(
        bundle.symbolicName(),
        version,
        bundle.startLevel(),
        bundle.fragment(),
        sha256,
        Piece.location(id, bundle.symbolicName(), version, sha256),
        bundle.symbolicName() + ".jar");
  }

  Set<String> locations() {
    return pieces.stream().map(Piece::location).collect(Collectors.toSet());
  }

  /** The bundle at a location. */
  Optional<Piece> at(String location) {
    return pieces.stream().filter(p -> p.location().equals(location)).findFirst();
  }
}
