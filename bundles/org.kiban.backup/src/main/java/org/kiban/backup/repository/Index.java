package org.kiban.backup.repository;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** What is in which pack, in memory. Safe for several threads. */
public final class Index {

  private final BlobTable data = new BlobTable();
  private final BlobTable trees = new BlobTable();
  private final List<Id> packs = new ArrayList<>();
  private final Map<Id, Integer> numbers = new HashMap<>();
  private final Set<Id> claimedData = new HashSet<>();
  private final Set<Id> claimedTrees = new HashSet<>();

  private BlobTable table(BlobType type) {
    return type == BlobType.DATA ? data : trees;
  }

  private Set<Id> claimed(BlobType type) {
    return type == BlobType.DATA ? claimedData : claimedTrees;
  }

  /** Adds a pack and its blobs. */
  public synchronized void add(Id pack, List<PackedBlob> blobs) {
    int number =
        numbers.computeIfAbsent(
            pack,
            p -> {
              packs.add(p);
              return packs.size() - 1;
            });
    for (PackedBlob b : blobs) {
      table(b.type()).put(b.id(), new Location(number, b.offset(), b.length(), b.plain()));
      claimed(b.type()).remove(b.id());
    }
  }

  /** Where a blob lies, or null. */
  public synchronized Location find(BlobType type, Id id) {
    return table(type).get(id);
  }

  /** Whether a blob is stored, or someone is about to store it. */
  public synchronized boolean contains(BlobType type, Id id) {
    return table(type).contains(id) || claimed(type).contains(id);
  }

  /** Whether the caller is the one who must store a blob: no one has it or is about to. */
  synchronized boolean claim(BlobType type, Id id) {
    return !table(type).contains(id) && claimed(type).add(id);
  }

  /** The pack of that number. */
  public synchronized Id pack(int number) {
    return packs.get(number);
  }

  synchronized boolean knows(Id pack) {
    return numbers.containsKey(pack);
  }

  /** How many blobs of a type there are. */
  public synchronized int count(BlobType type) {
    return table(type).size();
  }

  /** Calls for each blob of a type, in no order. */
  public synchronized void each(BlobType type, BiConsumer<Id, Location> consumer) {
    table(type).each(consumer);
  }
}
