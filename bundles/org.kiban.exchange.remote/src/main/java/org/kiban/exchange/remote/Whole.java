package org.kiban.exchange.remote;

import java.util.Map;
import java.util.Set;

/**
 * How a file of another machine shows that it is whole: by a name that it loses, by a marker or a
 * manifest beside it, by lying still.
 *
 * @param suffix of names that are being written, or empty
 * @param marker of the file beside, or empty
 * @param isStill whether it must be the same at two looks
 */
record Whole(String suffix, String marker, boolean needsManifest, boolean isStill) {

  static final Set<String> OPTIONS = Set.of("suffix", "marker", "manifest", "stable-seconds");

  static Whole of(Map<String, String> options, boolean appearsWhole) {
    String suffix = options.getOrDefault("suffix", "");
    String marker = options.getOrDefault("marker", "");
    boolean manifest = "required".equals(options.get("manifest"));
    boolean told = !suffix.isEmpty() || !marker.isEmpty() || manifest || appearsWhole;
    return new Whole(suffix, marker, manifest, !told);
  }

  /** Whether it goes with another file, or is being written. */
  boolean accompanies(String name) {
    return name.startsWith(".")
        || name.endsWith(FarOutbound.MANIFEST)
        || !suffix.isEmpty() && name.endsWith(suffix)
        || !marker.isEmpty() && name.endsWith(marker);
  }

  boolean isWhole(Store.Entry entry, Set<String> names, Set<Store.Entry> before) {
    return (marker.isEmpty() || names.contains(entry.name() + marker))
        && (!needsManifest || names.contains(entry.name() + FarOutbound.MANIFEST))
        && (!isStill || before.contains(entry));
  }
}
