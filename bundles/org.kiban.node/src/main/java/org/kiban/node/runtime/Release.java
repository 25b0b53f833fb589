package org.kiban.node.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.kiban.core.NodePaths;
import org.osgi.framework.BundleContext;

/**
 * The distribution that runs.
 *
 * @param version as its maker named it
 * @param build tells it from others of the same version; empty if nobody knows
 */
public record Release(String version, String build) {

  private static final String FOLDER = "lib/kiban";

  /** Reads what the distribution says of itself; without one, this bundle's version. */
  public static Release of(NodePaths paths, BundleContext context) {
    Path folder = paths.home().resolve(FOLDER);
    String version = text(folder.resolve("version")).replaceFirst("^kiban ", "");
    return new Release(
        version.isEmpty() ? context.getBundle().getVersion().toString() : version,
        text(folder.resolve("build")));
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file).strip() : "";
    } catch (IOException e) {
      return "";
    }
  }

  /** Both, for what belongs to this build alone. */
  @Override
  public String toString() {
    return build.isEmpty() ? version : version + " " + build;
  }
}
