package org.kiban.backup.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.kiban.backup.repository.BlobType;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.IdSet;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.repository.Writer;
import org.kiban.backup.tree.Node;

/**
 * Copies snapshots into another repository under its own key. What is there is not sent again, so a
 * copy that was broken off goes on where it was.
 */
public final class Copy {

  private final Repository from;
  private final Repository to;
  private final Progress progress;
  private final IdSet seen = new IdSet();

  /** Between two open repositories with shared locks. */
  public Copy(Repository from, Repository to, Progress progress) {
    this.from = from;
    this.to = to;
    this.progress = progress;
  }

  /** Copies what is not there; returns the new snapshots. */
  public List<Snapshot> run() throws IOException {
    List<Snapshot> all = from.snapshots();
    Set<String> there = to.snapshots().stream().map(Snapshot::original).collect(Collectors.toSet());
    from.loadIndex();
    to.loadIndex();
    to.indexes().adoptOrphans();
    List<Snapshot> copies = new ArrayList<>();
    if (all.stream().anyMatch(s -> !there.contains(s.original()))) {
      expect();
    }
    for (Snapshot snapshot : all) {
      if (there.contains(snapshot.original())) {
        continue;
      }
      try (Writer writer = to.writer(true)) {
        tree(snapshot.tree(), writer);
        writer.flush();
      }
      copies.add(to.save(snapshot.forCopy()));
    }
    return copies;
  }

  /** What is missing there is to be copied, at most. */
  private void expect() {
    for (BlobType type : BlobType.values()) {
      from.index()
          .each(
              type,
              (id, where) -> {
                if (!to.index().contains(type, id)) {
                  progress.expect(0, where.size());
                }
              });
    }
  }

  /**
   * Walks everything once. That a tree is there says nothing of what is below it: a copy that was
   * broken off may have stored it before its data.
   */
  private void tree(Id root, Writer writer) throws IOException {
    if (!seen.add(root)) {
      return;
    }
    List<Id> trees = new ArrayList<>(List.of(root));
    Listing.walk(
        from,
        root,
        Path.of("/"),
        (path, node) -> {
          for (Id blob : node.content()) {
            copy(BlobType.DATA, blob, writer);
          }
          if (node.type() == Node.Type.DIR && seen.add(node.subtree())) {
            trees.add(node.subtree());
            return true;
          }
          return false;
        });
    for (Id tree : trees) {
      copy(BlobType.TREE, tree, writer);
    }
  }

  private void copy(BlobType type, Id id, Writer writer) throws IOException {
    if (!to.index().contains(type, id)) {
      byte[] plain = from.load(type, id);
      writer.add(type, plain, plain.length);
      progress.bytes(plain.length);
    }
  }
}
