package org.kiban.backup.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kiban.backup.backend.Backend;
import org.kiban.backup.backend.Backend.Kind;
import org.kiban.backup.repository.BlobType;
import org.kiban.backup.repository.Buffers;
import org.kiban.backup.repository.DamagedException;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.IdSet;
import org.kiban.backup.repository.Index;
import org.kiban.backup.repository.Location;
import org.kiban.backup.repository.PackReader;
import org.kiban.backup.repository.PackedBlob;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.repository.Writer;
import org.kiban.backup.tree.Node;

/**
 * Removes what no snapshot needs. What is needed is stored anew first, then the index is replaced,
 * and only then are packs removed, so that a kill at any moment leaves a whole repository.
 */
public final class Prune {

  private static final double UNUSED_KEPT = 0.05;

  private final Repository repository;
  private final Progress progress;
  private final IdSet usedData = new IdSet();
  private final IdSet usedTrees = new IdSet();
  private boolean twice;

  /** Of an open repository with an exclusive lock. */
  public Prune(Repository repository, Progress progress) {
    this.repository = repository;
    this.progress = progress;
  }

  /**
   * What was or would be done.
   *
   * @param removed packs
   * @param repacked packs of which a part is kept
   * @param freed bytes, about
   */
  public record Result(int removed, int repacked, long freed) {}

  /** A pack's use. */
  private static final class Use {
    private long used;
    private long all;

    long unused() {
      return all - used;
    }
  }

  /** Removes, or counts only. */
  public Result run(boolean dryRun) throws IOException {
    if (!dryRun) {
      repository.backend().requireRemoval();
    }
    List<Snapshot> snapshots = repository.snapshots();
    repository.loadIndex();
    for (Snapshot s : snapshots) {
      mark(s.tree());
    }
    Map<Id, Use> uses = uses();
    Map<Id, Long> there = new HashMap<>();
    for (Backend.Entry entry : repository.backend().list(Kind.PACK)) {
      there.put(Id.parse(entry.name()), entry.size());
    }
    for (Map.Entry<Id, Use> use : uses.entrySet()) {
      if (use.getValue().used > 0 && !there.containsKey(use.getKey())) {
        throw new DamagedException(Kind.PACK.path(use.getKey().toString()), "is missing");
      }
    }
    Set<Id> remove = new HashSet<>();
    there.keySet().stream()
        .filter(p -> !uses.containsKey(p) || uses.get(p).used == 0)
        .forEach(remove::add);
    Set<Id> repack = repack(uses);
    long freed =
        remove.stream().mapToLong(there::get).sum()
            + repack.stream().mapToLong(p -> uses.get(p).unused()).sum();
    Result result = new Result(remove.size(), repack.size(), freed);
    if (!dryRun) {
      repository.backend().discardLeftovers(); // packs of many megabytes that no list shows
      remove.addAll(repack);
      rewrite(uses, repack, remove);
    }
    return result;
  }

  private void mark(Id tree) throws IOException {
    if (usedTrees.add(tree)) {
      Listing.walk(
          repository,
          tree,
          Path.of("/"),
          (path, node) -> {
            for (Id blob : node.content()) {
              if (repository.index().find(BlobType.DATA, blob) == null) {
                throw new DamagedException(
                    path.toString(), "no index tells where blob " + blob + " is");
              }
              usedData.add(blob);
            }
            return node.type() == Node.Type.DIR && usedTrees.add(node.subtree());
          });
    }
  }

  private boolean isUsed(BlobType type, Id id) {
    return (type == BlobType.DATA ? usedData : usedTrees).contains(id);
  }

  /** A blob that lies in two packs is used in the one that the index prefers. */
  private Map<Id, Use> uses() throws IOException {
    Map<Id, Use> uses = new HashMap<>();
    Index index = repository.index();
    repository
        .indexes()
        .each(
            (pack, blobs) -> {
              Use use = uses.computeIfAbsent(pack, p -> new Use());
              twice |= use.all > 0;
              use.all = blobs.stream().mapToLong(PackedBlob::length).sum();
            });
    for (BlobType type : BlobType.values()) {
      index.each(
          type,
          (id, where) -> {
            if (isUsed(type, id)) {
              uses.get(index.pack(where.pack())).used += where.length();
            }
          });
    }
    return uses;
  }

  /** The packs with the largest unused part, until little enough is left. */
  private static Set<Id> repack(Map<Id, Use> uses) {
    List<Map.Entry<Id, Use>> partly =
        new ArrayList<>(
            uses.entrySet().stream()
                .filter(u -> u.getValue().used > 0 && u.getValue().unused() > 0)
                .toList());
    partly.sort(Comparator.comparingDouble(u -> (double) u.getValue().used / u.getValue().all));
    long used = uses.values().stream().mapToLong(u -> u.used).sum();
    long unused = partly.stream().mapToLong(u -> u.getValue().unused()).sum();
    Set<Id> repack = new HashSet<>();
    for (Map.Entry<Id, Use> u : partly) {
      if (unused <= used * UNUSED_KEPT) {
        break;
      }
      repack.add(u.getKey());
      unused -= u.getValue().unused();
    }
    return repack;
  }

  private void rewrite(Map<Id, Use> uses, Set<Id> repack, Set<Id> remove) throws IOException {
    Set<Id> keep = new HashSet<>(uses.keySet());
    keep.removeAll(remove);
    if (keep.size() < uses.size() || twice) {
      List<Id> oldIndexes = repository.indexes().names();
      Index old = repository.index();
      repository.indexes().loadOnly(keep);
      store(old, repack);
      Set<Id> fresh = repository.indexes().rewrite(oldIndexes, keep);
      for (Id index : oldIndexes) {
        if (!fresh.contains(index)) {
          repository.backend().delete(Kind.INDEX, index.toString());
        }
      }
    }
    for (Id pack : remove) {
      repository.backend().delete(Kind.PACK, pack.toString());
      progress.file(0, true);
    }
  }

  private void store(Index old, Set<Id> repack) throws IOException {
    Map<Id, List<PackedBlob>> wanted = new HashMap<>();
    for (BlobType type : BlobType.values()) {
      old.each(
          type,
          (id, where) -> {
            Id pack = old.pack(where.pack());
            if (repack.contains(pack) && isUsed(type, id)) {
              wanted
                  .computeIfAbsent(pack, p -> new ArrayList<>())
                  .add(new PackedBlob(type, id, where.offset(), where.length(), where.plain()));
            }
          });
    }
    wanted
        .values()
        .forEach(b -> progress.expect(0, b.stream().mapToLong(PackedBlob::length).sum()));
    Buffers buffers = new Buffers();
    try (Writer writer = repository.writer(true)) {
      for (Map.Entry<Id, List<PackedBlob>> pack : wanted.entrySet()) {
        List<PackedBlob> blobs = pack.getValue();
        blobs.sort(Comparator.comparingInt(PackedBlob::offset));
        try (PackReader reader = new PackReader(repository, pack.getKey(), buffers)) {
          for (PackedBlob b : blobs) {
            Location where = new Location(0, b.offset(), b.length(), b.plain());
            writer.add(b.type(), reader.blob(b.id(), where), b.size());
            progress.bytes(b.length());
          }
        }
      }
      writer.flush();
    }
  }
}
