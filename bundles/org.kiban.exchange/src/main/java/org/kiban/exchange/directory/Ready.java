package org.kiban.exchange.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * Tells whether a file is whole: by the time since its last change, by a name that it loses when it
 * is whole, or by a marker beside it.
 */
final class Ready {

  static final String MANIFEST = ".manifest.json";

  private final Duration stable;
  private final String suffix;
  private final String marker;
  private final boolean manifestRequired;
  private final Clock clock;

  Ready(Map<String, String> options, Clock clock) {
    this.suffix = options.getOrDefault("suffix", "");
    this.marker = options.getOrDefault("marker", "");
    this.manifestRequired = "required".equals(options.get("manifest"));
    boolean told = !suffix.isEmpty() || !marker.isEmpty() || manifestRequired;
    this.stable =
        Duration.ofSeconds(seconds(options.getOrDefault("stable-seconds", told ? "0" : "2")));
    this.clock = clock;
  }

  private static long seconds(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("option stable-seconds is not a whole number: " + text, e);
    }
  }

  /** Whether a name is one of ours: a file still being written, a marker, a manifest, hidden. */
  boolean accompanies(String name) {
    return name.startsWith(".")
        || name.endsWith(MANIFEST)
        || (!suffix.isEmpty() && name.endsWith(suffix))
        || (!marker.isEmpty() && name.endsWith(marker));
  }

  boolean isReady(Path file) throws IOException {
    if (!marker.isEmpty() && !Files.exists(beside(file, marker))) {
      return false;
    }
    if (manifestRequired && !Files.exists(beside(file, MANIFEST))) {
      return false;
    }
    if (stable.isZero()) {
      return true;
    }
    // The change time: unlike the modification time, a copy that keeps times cannot set it back.
    FileTime changed = (FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
    return !changed.toInstant().plus(stable).isAfter(clock.instant());
  }

  /** The files that go with a file: its manifest and its marker. */
  Path manifest(Path file) {
    return beside(file, MANIFEST);
  }

  /** The completion marker's path, or null if there is none. */
  Path marker(Path file) {
    return marker.isEmpty() ? null : beside(file, marker);
  }

  private static Path beside(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }
}
