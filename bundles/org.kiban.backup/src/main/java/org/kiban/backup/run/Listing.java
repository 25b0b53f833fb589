package org.kiban.backup.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.repository.BlobType;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.tree.Node;
import org.kiban.backup.tree.RawNames;
import org.kiban.backup.tree.Stat;
import org.kiban.backup.tree.TreeReader;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/** What is in a snapshot. */
public final class Listing {

  private Listing() {}

  /** An entry as an operator sees it. */
  public record Line(String type, String mode, long size, Instant time, String path) {
    static Line of(String path, Node node) {
      Node.Meta m = node.meta();
      return new Line(
          m.type().word(),
          Integer.toOctalString(Stat.permissions(m.mode())),
          m.size(),
          m.mtime().instant(),
          path);
    }
  }

  /** Is told of an entry and its path in the snapshot. */
  @FunctionalInterface
  public interface Visitor {
    /** Returns whether to go on into a directory. */
    boolean visit(Path path, Node node) throws IOException;
  }

  /** Everything at or below a path. */
  public static List<Line> of(Repository repository, Snapshot snapshot, Path from)
      throws IOException {
    repository.loadIndex();
    List<Line> lines = new ArrayList<>();
    walk(
        repository,
        snapshot.tree(),
        Path.of("/"),
        (path, node) -> {
          if (path.startsWith(from)) {
            lines.add(Line.of(path.toString(), node));
          }
          return path.startsWith(from) || from.startsWith(path);
        });
    if (lines.isEmpty() && from.getNameCount() > 0) {
      throw new KibanException(Outcome.USAGE, BackupMessage.NO_PATH, snapshot.id().brief(), from);
    }
    return lines;
  }

  /** Walks a tree in the order of names. */
  public static void walk(Repository repository, Id tree, Path at, Visitor visitor)
      throws IOException {
    for (Node node : TreeReader.read(repository.load(BlobType.TREE, tree), tree)) {
      Path path = RawNames.resolve(at, node.name());
      if (visitor.visit(path, node) && node.type() == Node.Type.DIR) {
        walk(repository, node.subtree(), path, visitor);
      }
    }
  }
}
