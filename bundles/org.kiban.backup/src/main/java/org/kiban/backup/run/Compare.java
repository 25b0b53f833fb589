package org.kiban.backup.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.kiban.backup.repository.BlobType;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.tree.Node;
import org.kiban.backup.tree.RawNames;
import org.kiban.backup.tree.TreeReader;

/** What differs between two snapshots. */
public final class Compare {

  private final Repository repository;
  private final List<Difference> differences = new ArrayList<>();

  /**
   * A difference.
   *
   * @param kind {@code +} new, {@code -} gone, {@code M} content, {@code U} metadata, {@code T}
   *     type
   */
  public record Difference(String kind, String path) {}

  /** In an open repository whose index is read. */
  public Compare(Repository repository) {
    this.repository = repository;
  }

  /** Compares two trees. */
  public List<Difference> run(Id before, Id after) throws IOException {
    trees(before, after, Path.of("/"));
    return List.copyOf(differences);
  }

  private List<Node> nodes(Id tree) throws IOException {
    return TreeReader.read(repository.load(BlobType.TREE, tree), tree);
  }

  private void trees(Id before, Id after, Path at) throws IOException {
    if (before.equals(after)) {
      return;
    }
    List<Node> a = nodes(before);
    List<Node> b = nodes(after);
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      int order =
          i == a.size()
              ? 1
              : j == b.size() ? -1 : Arrays.compareUnsigned(a.get(i).name(), b.get(j).name());
      if (order < 0) {
        all("-", a.get(i++), at);
      } else if (order > 0) {
        all("+", b.get(j++), at);
      } else {
        both(a.get(i++), b.get(j++), at);
      }
    }
  }

  private void both(Node a, Node b, Path at) throws IOException {
    Path path = RawNames.resolve(at, b.name());
    if (a.type() != b.type()) {
      differences.add(new Difference("T", path.toString()));
    } else if (!a.content().equals(b.content()) || !Arrays.equals(a.target(), b.target())) {
      differences.add(new Difference("M", path.toString()));
    } else if (!a.meta().equals(b.meta())) {
      differences.add(new Difference("U", path.toString()));
    }
    if (a.type() == Node.Type.DIR && b.type() == Node.Type.DIR) {
      trees(a.subtree(), b.subtree(), path);
    }
  }

  private void all(String kind, Node node, Path at) throws IOException {
    Path path = RawNames.resolve(at, node.name());
    differences.add(new Difference(kind, path.toString()));
    if (node.type() == Node.Type.DIR) {
      for (Node below : nodes(node.subtree())) {
        all(kind, below, path);
      }
    }
  }
}
