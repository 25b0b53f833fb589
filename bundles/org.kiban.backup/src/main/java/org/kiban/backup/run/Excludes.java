package org.kiban.backup.run;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;

/**
 * What is left out: a pattern with a slash is held to the whole path, one without to the name.
 * {@code *} stays in a name, {@code **} does not.
 */
public final class Excludes {

  private final List<PathMatcher> paths;
  private final List<PathMatcher> names;

  /** Patterns as an operator writes them. */
  public Excludes(List<String> patterns) {
    paths = patterns.stream().filter(p -> p.indexOf('/') >= 0).map(Excludes::matcher).toList();
    names = patterns.stream().filter(p -> p.indexOf('/') < 0).map(Excludes::matcher).toList();
  }

  private static PathMatcher matcher(String pattern) {
    return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
  }

  /** Whether a path in a snapshot is meant. */
  public boolean test(Path path) {
    if (names.isEmpty() && paths.isEmpty()) {
      return false;
    }
    Path name = path.getFileName();
    return names.stream().anyMatch(m -> m.matches(name))
        || paths.stream().anyMatch(m -> m.matches(path));
  }
}
