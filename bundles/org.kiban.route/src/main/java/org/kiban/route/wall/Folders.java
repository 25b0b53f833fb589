package org.kiban.route.wall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Outcome;

/**
 * The folders that routes of one municipality may read and write. A path counts as inside only if
 * its real path is, after every symbolic link. Immutable.
 */
final class Folders {

  /** Where relative paths begin. */
  static final String FILES = "files";

  private final MunicipalityCode code;
  private final Map<String, Path> roots;

  /**
   * @param code whose they are
   * @param roots by name, {@link #FILES} among them; absolute
   */
  Folders(MunicipalityCode code, Map<String, Path> roots) {
    this.code = code;
    this.roots = Map.copyOf(roots);
  }

  /** Returns the folder of a name, for placeholders. */
  Path named(String name) {
    return Optional.ofNullable(roots.get(name))
        .orElseThrow(() -> new KibanException(Outcome.REFUSED, WallMessage.NO_FOLDER, name, code));
  }

  /**
   * Returns the absolute path that a route means.
   *
   * @throws KibanException (refused) if it lies outside
   */
  Path inside(String path) {
    // Refused as written: the folder before ".." may be a link by the time it is used.
    boolean climbs = path.matches("(.*[/\\\\])?\\.\\.([/\\\\].*)?") || path.indexOf('\0') >= 0;
    if (!climbs && holds(absolute(path))) {
      return absolute(path);
    }
    throw new KibanException(Outcome.REFUSED, WallMessage.FORBIDDEN_FOLDER, path, code);
  }

  /**
   * Sees to it that a path that Camel made lies inside now.
   *
   * @throws KibanException (refused) if it lies outside
   */
  void require(String path) {
    if (!holds(Path.of(path))) {
      throw new KibanException(Outcome.REFUSED, WallMessage.FORBIDDEN_FOLDER, path, code);
    }
  }

  /** Tells whether a path lies inside now. */
  boolean holds(Path path) {
    try {
      Path real = real(path.toAbsolutePath());
      for (Path root : roots.values()) {
        if (real.startsWith(real(root))) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private Path absolute(String path) {
    return roots.get(FILES).resolve(path).normalize();
  }

  /** The real path of what is there, and below it the names of what is not there yet. */
  private static Path real(Path path) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    Path there = path;
    while (there.getParent() != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      missing.push(there.getFileName());
      there = there.getParent();
    }
    // A link that leads nowhere yet has no real path: an exception, so it is outside.
    Path real = there.toRealPath();
    for (Path name : missing) {
      if (name.toString().equals("..")) {
        throw new IOException("leaves a folder that is not there");
      }
      real = real.resolve(name);
    }
    return real;
  }
}
