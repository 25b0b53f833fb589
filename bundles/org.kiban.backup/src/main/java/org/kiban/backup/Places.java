package org.kiban.backup;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.kiban.backup.backend.Target;
import org.kiban.core.KibanException;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;

/** What a backup may read and write by name: nothing of another's, nothing of the node's own. */
final class Places {

  private final NodePaths paths;
  private final Owner owner;
  private final BackupConfig config;

  Places(NodePaths paths, Owner owner, BackupConfig config) {
    this.paths = paths;
    this.owner = owner;
    this.config = config;
  }

  /** The repository. */
  Target repository() {
    return target(
        config.location().isBlank()
            ? owner.directory().resolve("repository").toString()
            : config.location());
  }

  /**
   * A place for a repository, reached as the configuration says; behind the address of a remote one
   * there may be a blank and the name of a secret of its own.
   */
  Target target(String text) {
    boolean remote = text.startsWith("sftp:") || text.startsWith("s3:");
    int blank = remote ? text.lastIndexOf(' ') : -1;
    return new Target(
        remote
            ? (blank < 0 ? text : text.substring(0, blank))
            : allowed(text, "location").toString(),
        blank < 0 ? config.secret() : text.substring(blank + 1),
        config.removal$_$secret(),
        config.append$_$only(),
        List.of(config.sftp$_$host$_$keys()),
        new Target.S3(
            config.s3$_$region(),
            config.s3$_$virtual$_$host(),
            config.s3$_$lock$_$days(),
            config.s3$_$lock$_$mode()),
        List.of(config.upload$_$limits()),
        List.of(config.download$_$limits()));
  }

  /** What of this machine the repository takes up, and so must not be saved into it. */
  List<Path> taken() {
    Target repository = repository();
    return repository.isDirectory() ? List.of(Path.of(repository.location())) : List.of();
  }

  /** A path that an operator typed, if it may be used. */
  Path typed(String text) {
    return allowed(text, () -> new KibanException(Outcome.USAGE, BackupMessage.NOT_ABSOLUTE, text));
  }

  /** A path in the configuration, if it may be used. */
  Path allowed(String text, String key) {
    return allowed(text, () -> wrong(key, text));
  }

  private Path allowed(String text, Supplier<KibanException> wrong) {
    Path path;
    try {
      path = Path.of(text).normalize();
    } catch (InvalidPathException e) {
      throw wrong.get();
    }
    if (!path.isAbsolute()) {
      throw wrong.get();
    }
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
