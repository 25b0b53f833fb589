package org.kiban.backup.source;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kiban.backup.tree.Trees;
import org.kiban.core.backup.BackupSource.Content;
import org.kiban.core.backup.BackupSource.Staging;

/**
 * Copies below one directory, each at the path of what it stands for: {@code <view>/srv/kiban/…} is
 * to be put at {@code /srv/kiban/…}. Nothing here is of worth after a crash; it is emptied at the
 * next use. Used by one thread.
 */
final class LiveStaging implements Staging {

  private final Path view;
  private final List<Path> replaced = new ArrayList<>();
  private final Map<Path, Content> streams = new HashMap<>();

  LiveStaging(Path view) throws IOException {
    this.view = view;
    empty();
    Files.createDirectories(
        view, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** What has a stand-in. */
  List<Path> replaced() {
    return List.copyOf(replaced);
  }

  @Override
  public Path standIn(Path live) throws IOException {
    replaced.add(live);
    return place(live);
  }

  @Override
  public void stream(Path live, Content content) throws IOException {
    streams.put(standIn(live), content);
  }

  /** What is to be read at a path where nothing lies. */
  Map<Path, Content> streams() {
    return Map.copyOf(streams);
  }

  private Path place(Path live) throws IOException {
    Path place = view.resolve(live.getRoot().relativize(live));
    Files.createDirectories(place.getParent());
    return place;
  }

  @Override
  public void keep(Path live) throws IOException {
    if (!Files.exists(live)) {
      return;
    }
    replaced.add(live);
    Files.walkFileTree(live, keeper());
  }

  private FileVisitor<Path> keeper() {
    return new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
          throws IOException {
        Files.createDirectories(place(directory));
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
          throws IOException {
        if (attributes.isRegularFile()) {
          linkOrCopy(file, place(file));
        }
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        if (e instanceof NoSuchFileException) {
          return FileVisitResult.CONTINUE; // taken meanwhile
        }
        throw e;
      }
    };
  }

  private static void linkOrCopy(Path file, Path place) throws IOException {
    try {
      Files.createLink(place, file);
    } catch (NoSuchFileException ignored) {
      return; // taken meanwhile
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(file, place); // on another file system, or one without hard links
    }
  }

  /** Removes all copies. */
  void empty() throws IOException {
    Trees.remove(view);
  }
}
