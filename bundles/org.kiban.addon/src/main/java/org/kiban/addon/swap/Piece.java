package org.kiban.addon.swap;

/**
 * A bundle of an installed add-on.
 *
 * @param symbolicName its symbolic name
 * @param version its own
 * @param startLevel in the container
 * @param fragment whether it is a fragment, which is not started
 * @param sha256 of its content
 * @param location in the container: names content, so that a bundle that is there is the right one
 * @param file in the add-on's folder of the store
 */
public record Piece(
    String symbolicName,
    String version,
    int startLevel,
    boolean fragment,
    String sha256,
    String location,
    String file) {

  /** What the locations of all add-ons' bundles begin with. */
  static final String SCHEME = "kiban-addon:";

  /** The location of a bundle of an add-on. */
  static String location(String addon, String symbolicName, String version, String sha256) {
    return SCHEME + addon + "/" + symbolicName + "/" + version + "/" + sha256.substring(0, 16);
  }

  /** Symbolic name and version, as operators see it. */
  String shown() {
    return symbolicName + "/" + version;
  }
}
