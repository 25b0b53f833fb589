package org.kiban.backup;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.kiban.core.KibanException;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;

/** What a backup may read and write by name: nothing of another's, nothing of the node's own. */
final class Places {

  private final NodePaths paths;
  private final Owner owner;
  private final String location;

  Places(NodePaths paths, Owner owner, String location) {
    this.paths = paths;
    this.owner = owner;
    this.location = location;
  }

  /** The repository. */
  Path repository() {
    return location.isBlank()
        ? owner.directory().resolve("repository")
        : allowed(location, "location");
  }

  /** A path that an operator gave, if it may be used. */
  Path allowed(String text, String key) {
    Path path;
    try {
      path = Path.of(text);
    } catch (InvalidPathException e) {
      path = null;
    }
    if (path == null || !path.isAbsolute()) {
      throw wrong(key, text);
    }
    path = path.normalize();
    if (!path.startsWith(owner.own().toAbsolutePath().normalize())) {
      for (Path closed : List.of(paths.data(), paths.home(), paths.etc())) {
        Path place = closed.toAbsolutePath().normalize();
        if (path.startsWith(place) || place.startsWith(path)) {
          throw new KibanException(
              Outcome.REFUSED, BackupMessage.FORBIDDEN_PATH, path, "it meets " + place);
        }
      }
    }
    return path;
  }

  /** Says that a value of the configuration cannot be. */
  KibanException wrong(String key, String value) {
    return new KibanException(Outcome.USAGE, BackupMessage.WRONG_SETTING, owner.file(), key, value);
  }
}
