package org.kiban.logship.source;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Finds the files of a pattern, and those that rotation made of them: the same name with something
 * behind it ({@code app.log.1}, {@code app.log-20261123.gz}). Stateless.
 */
final class Finder {

  private static final int DEEPEST = 16;

  /** A copy that was made within a tick of the file system's clock comes behind its original. */
  private static final Comparator<Found> OLDEST_FIRST =
      Comparator.comparing(Found::modified).thenComparing(Found::path);

  private final Path root;
  private final Predicate<Path> allowed;
  private final int depth;
  private final PathMatcher declared;
  private final PathMatcher rotated;

  /**
   * @param pattern an absolute path; {@code *} and {@code ?} within a name, {@code **} over
   *     directories
   * @param allowed which files may be read; asked with real paths, in which no link stands
   */
  Finder(String pattern, Predicate<Path> allowed) {
    Path path = Path.of(pattern);
    Path fixed = path.getRoot();
    for (Path name : path) {
      if (name.toString().matches(".*[*?\\[{].*") || fixed.resolve(name).equals(path)) {
        break;
      }
      fixed = fixed.resolve(name);
    }
    this.root = fixed;
    this.allowed = allowed;
    this.depth = pattern.contains("**") ? DEEPEST : path.getNameCount() - fixed.getNameCount();
    this.declared = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    this.rotated = FileSystems.getDefault().getPathMatcher("glob:" + pattern + "{.,-}*");
  }

  /** Whether a file has a name that is written to, as far as the pattern tells. */
  boolean isDeclared(Path path) {
    return declared.matches(path);
  }

  /** Every file there is, the oldest first. A directory that cannot be read is as if empty. */
  List<Found> find() throws IOException {
    // By what the system knows them by: one that is renamed meanwhile is met under both names.
    Map<Found.Key, Found> all = new LinkedHashMap<>();
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    Path real = root.toRealPath();
    FileVisitor<Path> visitor =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()
                && (declared.matches(file) || rotated.matches(file))
                && allowed.test(real.resolve(root.relativize(file)))) {
              add(file, all);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        };
    Files.walkFileTree(root, EnumSet.noneOf(java.nio.file.FileVisitOption.class), depth, visitor);
    return all.values().stream().sorted(OLDEST_FIRST).toList();
  }

  private static void add(Path file, Map<Found.Key, Found> all) throws IOException {
    try {
      Found found = Found.at(file);
      all.put(found.key(), found);
    } catch (NoSuchFileException e) {
      return; // renamed between the listing and the look; the next look finds it
    }
  }
}
