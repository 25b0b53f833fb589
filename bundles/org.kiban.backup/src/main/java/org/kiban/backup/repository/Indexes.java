package org.kiban.backup.repository;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.kiban.backup.backend.Backend;
import org.kiban.backup.backend.Backend.Kind;

/** The files of a repository's index: read, completed, replaced. */
public final class Indexes {

  private static final int BLOBS_PER_FILE = 50_000;

  private final Repository repository;

  Indexes(Repository repository) {
    this.repository = repository;
  }

  /** The names of the files. */
  public List<Id> names() throws IOException {
    return repository.backend().list(Kind.INDEX).stream().map(e -> Id.parse(e.name())).toList();
  }

  /** Reads all; with a listener, goes on after damage, and asks the packs themselves. */
  Index load(Consumer<DamagedException> damages) throws IOException {
    Index fresh = new Index();
    boolean damaged = false;
    for (Id name : names()) {
      try {
        read(name, fresh::add);
      } catch (DamagedException e) {
        if (damages == null) {
          throw e;
        }
        damages.accept(e);
        damaged = true;
      }
    }
    if (damaged) {
      unknown(fresh).forEach(fresh::add);
    }
    return fresh;
  }

  private void read(Id name, BiConsumer<Id, List<PackedBlob>> packs) throws IOException {
    IndexFiles.decode(
        repository.loadUnpacked(Kind.INDEX, name), Kind.INDEX.path(name.toString()), packs);
  }

  /** The packs that an index does not tell of, as far as they are whole. */
  private Map<Id, List<PackedBlob>> unknown(Index index) throws IOException {
    Map<Id, List<PackedBlob>> packs = new LinkedHashMap<>();
    for (Backend.Entry entry : repository.backend().list(Kind.PACK)) {
      Id pack = Id.parse(entry.name());
      if (index.knows(pack)) {
        continue;
      }
      try {
        packs.put(pack, PackHeader.read(repository.backend(), repository.envelope(), entry));
      } catch (DamagedException ignored) {
        continue; // not whole, so nothing can come from it
      }
    }
    return packs;
  }

  /**
   * Takes over packs that were stored by someone who ended before an index told of them; nobody
   * else may be at work, or they are left alone. The index must be read.
   */
  public void adoptOrphans() throws IOException {
    if (!repository.isAlone()) {
      return;
    }
    Map<Id, List<PackedBlob>> packs = unknown(repository.index());
    packs.forEach(repository.index()::add);
    if (!packs.isEmpty()) {
      repository.saveUnpacked(Kind.INDEX, IndexFiles.encode(packs));
    }
  }

  /** Calls for every pack of every file that can be read. */
  public void each(BiConsumer<Id, List<PackedBlob>> packs) throws IOException {
    for (Id name : names()) {
      try {
        read(name, packs);
      } catch (DamagedException ignored) {
        continue; // told of when the index was loaded
      }
    }
  }

  /** Reads the index anew without all but some packs. */
  public void loadOnly(Set<Id> keep) throws IOException {
    Index fresh = new Index();
    for (Id name : names()) {
      read(
          name,
          (pack, blobs) -> {
            if (keep.contains(pack)) {
              fresh.add(pack, blobs);
            }
          });
    }
    repository.useIndex(fresh);
  }

  /** Writes what old files tell of some packs into new files; returns their names. */
  public Set<Id> rewrite(List<Id> old, Set<Id> keep) throws IOException {
    Set<Id> written = new HashSet<>();
    Set<Id> done = new HashSet<>();
    Map<Id, List<PackedBlob>> next = new LinkedHashMap<>();
    for (Id name : old) {
      read(
          name,
          (pack, blobs) -> {
            if (keep.contains(pack) && done.add(pack)) {
              next.put(pack, blobs);
            }
          });
      if (next.values().stream().mapToInt(List::size).sum() >= BLOBS_PER_FILE) {
        written.add(repository.saveUnpacked(Kind.INDEX, IndexFiles.encode(next)));
        next.clear();
      }
    }
    if (!next.isEmpty()) {
      written.add(repository.saveUnpacked(Kind.INDEX, IndexFiles.encode(next)));
    }
    return written;
  }
}
