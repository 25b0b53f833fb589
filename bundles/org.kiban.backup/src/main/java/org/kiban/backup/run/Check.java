package org.kiban.backup.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.kiban.backup.backend.Backend;
import org.kiban.backup.backend.Backend.Kind;
import org.kiban.backup.repository.BlobType;
import org.kiban.backup.repository.DamagedException;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.IdSet;
import org.kiban.backup.repository.Keyring;
import org.kiban.backup.repository.Location;
import org.kiban.backup.repository.PackCheck;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.tree.Node;
import org.kiban.backup.tree.RawNames;
import org.kiban.backup.tree.TreeReader;

/**
 * Looks for damage: of every file's content against its name, of what files say of one another,
 * and, if asked, of every byte of the packs. Goes on after what it finds.
 */
public final class Check {

  private final Repository repository;
  private final Progress progress;
  private final List<Finding> findings = new ArrayList<>();
  private final IdSet seen = new IdSet();

  /**
   * What was found.
   *
   * @param file below the repository, or a path in a snapshot
   * @param serious whether something may not restore; else it only takes room
   */
  public record Finding(String file, String reason, boolean serious) {}

  /** Of an open repository with a lock. */
  public Check(Repository repository, Progress progress) {
    this.repository = repository;
    this.progress = progress;
  }

  /** Checks; packs that the predicate names are read whole. */
  public List<Finding> run(Predicate<Id> readData, int threads) throws IOException {
    for (DamagedException damage : new Keyring(repository).damages()) {
      add(damage);
    }
    List<Snapshot> snapshots = snapshots();
    repository.loadIndex(this::add);
    List<Backend.Entry> packs = repository.backend().list(Kind.PACK);
    packs(packs);
    for (Snapshot snapshot : snapshots) {
      tree(snapshot.tree(), Path.of("/"), snapshot.id().brief() + ":");
    }
    read(packs.stream().filter(p -> readData.test(Id.parse(p.name()))).toList(), threads);
    return List.copyOf(findings);
  }

  private synchronized void add(DamagedException damage) {
    findings.add(new Finding(damage.file(), damage.reason(), true));
  }

  private List<Snapshot> snapshots() throws IOException {
    List<Snapshot> snapshots = new ArrayList<>();
    for (Backend.Entry entry : repository.backend().list(Kind.SNAPSHOT)) {
      try {
        snapshots.add(repository.snapshot(Id.parse(entry.name())));
      } catch (DamagedException e) {
        add(e);
      }
    }
    return snapshots;
  }

  private void packs(List<Backend.Entry> entries) throws IOException {
    Map<Id, Long> there = new HashMap<>();
    for (Backend.Entry entry : entries) {
      there.put(Id.parse(entry.name()), entry.size());
    }
    Set<Id> told = new HashSet<>();
    repository
        .indexes()
        .each(
            (pack, blobs) -> {
              String file = Kind.PACK.path(pack.toString());
              Long size = there.get(pack);
              if (!told.add(pack)) {
                findings.add(new Finding(file, "two indexes tell of it", false));
              } else if (size == null) {
                findings.add(new Finding(file, "is missing", true));
              } else if (size != PackCheck.size(blobs)) {
                findings.add(
                    new Finding(
                        file, "has " + size + " bytes, not " + PackCheck.size(blobs), true));
              }
            });
    for (Id pack : there.keySet()) {
      if (!told.contains(pack)) {
        findings.add(
            new Finding(
                Kind.PACK.path(pack.toString()), "no index tells of it; backup:prune", false));
      }
    }
  }

  private void tree(Id tree, Path at, String where) {
    if (!seen.add(tree)) {
      return;
    }
    List<Node> nodes;
    try {
      nodes = TreeReader.read(repository.load(BlobType.TREE, tree), tree);
    } catch (DamagedException e) {
      findings.add(new Finding(where + at, e.getMessage(), true));
      return;
    } catch (IOException e) {
      findings.add(new Finding(where + at, e.toString(), true));
      return;
    }
    for (Node node : nodes) {
      Path path = RawNames.resolve(at, node.name());
      if (node.type() == Node.Type.DIR) {
        tree(node.subtree(), path, where);
      } else if (node.type() == Node.Type.FILE) {
        file(node, where + path);
      }
    }
  }

  private void file(Node node, String where) {
    long size = 0;
    for (Id blob : node.content()) {
      Location location = repository.index().find(BlobType.DATA, blob);
      if (location == null) {
        findings.add(new Finding(where, "no index tells where blob " + blob + " is", true));
        return;
      }
      size += location.size();
    }
    if (size != node.meta().size()) {
      findings.add(
          new Finding(where, "its blobs have " + size + " bytes, not " + node.meta().size(), true));
    }
  }

  private void read(List<Backend.Entry> packs, int threads) throws IOException {
    progress.expect(packs.size(), packs.stream().mapToLong(Backend.Entry::size).sum());
    ExecutorService readers =
        Executors.newFixedThreadPool(threads, Repository.threads("kiban-backup-check"));
    try {
      List<Future<?>> all = new ArrayList<>();
      for (Backend.Entry pack : packs) {
        all.add(
            readers.submit(
                () -> {
                  PackCheck.read(repository, Id.parse(pack.name())).forEach(this::add);
                  progress.file(pack.size(), true);
                  return null;
                }));
      }
      for (Future<?> one : all) {
        FileSaver.await(one);
      }
    } finally {
      readers.shutdownNow();
    }
  }
}
