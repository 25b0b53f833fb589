package org.kiban.backup.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.repository.BlobType;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.tree.Node;
import org.kiban.backup.tree.Posix;
import org.kiban.backup.tree.RawNames;
import org.kiban.backup.tree.TreeReader;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * Brings a snapshot, or a part of it, back. Every piece is held to its hash before it is written.
 * What lies in the target and is not in the snapshot stays. Links in the target are replaced, never
 * followed.
 */
public final class Restore {

  private final Repository repository;
  private final Progress progress;
  private final boolean dryRun;
  private final Map<FileOf, Path> firstNames = new HashMap<>();
  private final List<FileRestorer.Target> files = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private final List<Entry> directories = new ArrayList<>();

  private record FileOf(long device, long inode) {}

  private record Link(Path path, Path first) {}

  private record Entry(Path path, Node node) {}

  /**
   * From an open repository.
   *
   * @param dryRun whether to count only, and write nothing
   */
  public Restore(Repository repository, Progress progress, boolean dryRun) {
    this.repository = repository;
    this.progress = progress;
    this.dryRun = dryRun;
  }

  /**
   * Restores what matches.
   *
   * @param tree the snapshot's root
   * @param include absolute paths in the snapshot; empty means all
   * @param target an absolute directory; made if it is missing
   */
  public void run(Id tree, List<Path> include, Path target, int threads) throws IOException {
    if (!dryRun) {
      Files.createDirectories(target);
    }
    plan(tree, Path.of("/"), include, target);
    if (dryRun) {
      return;
    }
    new FileRestorer(repository, progress, threads).run(files);
    for (Link link : links) {
      attempt(
          link.path(),
          () -> {
            clear(link.path());
            Files.createLink(link.path(), link.first());
          });
    }
    for (int i = directories.size() - 1; i >= 0; i--) {
      Entry d = directories.get(i);
      attempt(d.path(), () -> Attributes.apply(d.path(), d.node().meta()));
    }
  }

  /** Refuses a target in which something lies. */
  public static void refuseUnlessEmpty(Path target) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(target)) {
      if (entries.iterator().hasNext()) {
        throw new KibanException(Outcome.REFUSED, BackupMessage.NOT_EMPTY, target);
      }
    } catch (NoSuchFileException ignored) {
      return; // it will be made
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, BackupMessage.UNREACHABLE, target, e.toString());
    }
  }

  /**
   * Says that not all of a snapshot came back, if so.
   *
   * @param outcome of that
   */
  public static void requireWhole(Snapshot snapshot, Progress progress, Outcome outcome) {
    if (progress.problemCount() > 0) {
      throw new KibanException(
          outcome,
          BackupMessage.PARTLY_RESTORED,
          snapshot.id().brief(),
          progress.problemCount(),
          progress.problems().get(0));
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  private void attempt(Path path, Step step) {
    try {
      step.run();
    } catch (IOException e) {
      progress.problem(path + ": " + e.getMessage());
    }
  }

  private void plan(Id tree, Path inSnapshot, List<Path> include, Path target) throws IOException {
    List<Node> nodes;
    try {
      nodes = TreeReader.read(repository.load(BlobType.TREE, tree), tree);
    } catch (IOException e) {
      progress.problem(inSnapshot + ": " + e.getMessage());
      return;
    }
    for (Node node : nodes) {
      Path name = RawNames.resolve(inSnapshot, node.name());
      boolean wanted = include.isEmpty() || include.stream().anyMatch(name::startsWith);
      boolean above = include.stream().anyMatch(i -> i.startsWith(name));
      if (!wanted && !(above && node.type() == Node.Type.DIR)) {
        continue;
      }
      entry(node, name, include, RawNames.resolve(target, node.name()));
    }
  }

  private void entry(Node node, Path inSnapshot, List<Path> include, Path path) throws IOException {
    switch (node.type()) {
      case DIR -> {
        if (!dryRun && !directory(path)) {
          return;
        }
        directories.add(new Entry(path, node));
        plan(node.subtree(), inSnapshot, include, path);
      }
      case FILE -> file(node, path);
      case SYMLINK -> {
        progress.expect(1, 0);
        if (!dryRun) {
          attempt(path, () -> link(node, path));
        }
      }
      case FIFO, DEV, CHARDEV -> {
        if (!dryRun) {
          attempt(path, () -> special(node, path));
        }
      }
      default -> {
        // a socket is made by the program that listens on it
      }
    }
  }

  private boolean directory(Path path) {
    try {
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        clear(path);
        Files.createDirectory(path);
      }
      return true;
    } catch (IOException e) {
      progress.problem(path + ": " + e.getMessage());
      return false;
    }
  }

  private void file(Node node, Path path) {
    if (node.meta().links() > 1) {
      FileOf file = new FileOf(node.meta().deviceId(), node.meta().inode());
      Path first = firstNames.putIfAbsent(file, path);
      if (first != null) {
        links.add(new Link(path, first));
        return;
      }
    }
    progress.expect(1, node.meta().size());
    if (!dryRun) {
      files.add(new FileRestorer.Target(path, node.meta(), node.content()));
    }
  }

  private static void link(Node node, Path path) throws IOException {
    clear(path);
    Posix.symlink(path, node.target());
    Attributes.apply(path, node.meta());
  }

  private static void special(Node node, Path path) throws IOException {
    clear(path);
    int kind =
        switch (node.type()) {
          case FIFO -> 0010000;
          case DEV -> 0060000;
          default -> 0020000;
        };
    Posix.special(path, kind | 0600, node.meta().device());
    Attributes.apply(path, node.meta());
  }

  /** Makes room for an entry; a directory that is not empty stays, and is told of. */
  static void clear(Path path) throws IOException {
    Files.deleteIfExists(path);
  }
}
