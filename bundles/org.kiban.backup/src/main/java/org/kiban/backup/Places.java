package org.kiban.backup;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;

/** What a municipality's backup may read and write: nothing of another's, nothing of the node. */
final class Places {

  private final NodePaths paths;
  private final MunicipalityCode code;
  private final BackupConfig config;

  Places(NodePaths paths, MunicipalityCode code, BackupConfig config) {
    this.paths = paths;
    this.code = code;
    this.config = config;
  }

  /** The repository. */
  Path repository() {
    return config.location().isBlank()
        ? paths.municipalityDirectory(code, "backup").resolve("repository")
        : allowed(config.location(), "location");
  }

  /** What is saved. */
  List<Path> sources() {
    List<Path> sources =
        Arrays.stream(config.sources()).map(s -> allowed(s, "sources")).sorted().toList();
    if (sources.isEmpty()) {
      throw new KibanException(
          Outcome.USAGE,
          BackupMessage.WRONG_SETTING,
          "org.kiban.backup~" + code + ".cfg.json",
          "sources",
          "[]");
    }
    return sources;
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
      throw new KibanException(
          Outcome.USAGE,
          BackupMessage.WRONG_SETTING,
          "org.kiban.backup~" + code + ".cfg.json",
          key,
          text);
    }
    path = path.normalize();
    Path data = paths.data().toAbsolutePath().normalize();
    Path own = data.resolve(code.value());
    if (!path.startsWith(own)) {
      for (Path closed : List.of(data, paths.home(), paths.etc())) {
        Path place = closed.toAbsolutePath().normalize();
        if (path.startsWith(place) || place.startsWith(path)) {
          throw new KibanException(
              Outcome.REFUSED, BackupMessage.FORBIDDEN_PATH, path, "it meets " + place);
        }
      }
    }
    return path;
  }
}
