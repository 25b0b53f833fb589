package org.kiban.backup.repository;

import java.util.Arrays;

/**
 * Blobs and where they lie, in flat arrays of 48 bytes a blob: a million of them must fit beside
 * everything else. Not safe for several threads.
 */
final class BlobTable {

  private static final int KEY = 4;
  private static final int PLACE = 4;

  private long[] keys = new long[1024 * KEY];
  private int[] places = new int[1024 * PLACE];
  private int size;

  int size() {
    return size;
  }

  private int slot(Id id) {
    int mask = keys.length / KEY - 1;
    int slot = (int) (id.a() >>> 32) & mask;
    while (places[slot * PLACE] != 0) {
      int k = slot * KEY;
      if (keys[k] == id.a()
          && keys[k + 1] == id.b()
          && keys[k + 2] == id.c()
          && keys[k + 3] == id.d()) {
        return slot;
      }
      slot = slot + 1 & mask;
    }
    return slot;
  }

  Location get(Id id) {
    int at = slot(id) * PLACE;
    return places[at] == 0
        ? null
        : new Location(places[at] - 1, places[at + 1], places[at + 2], places[at + 3]);
  }

  boolean contains(Id id) {
    return places[slot(id) * PLACE] != 0;
  }

  /** Puts a blob in; the place that is known first stays. */
  void put(Id id, Location location) {
    if (size * 3L > keys.length / KEY * 2L) {
      grow();
    }
    int slot = slot(id);
    int at = slot * PLACE;
    if (places[at] != 0) {
      return;
    }
    keys[slot * KEY] = id.a();
    keys[slot * KEY + 1] = id.b();
    keys[slot * KEY + 2] = id.c();
    keys[slot * KEY + 3] = id.d();
    places[at] = location.pack() + 1;
    places[at + 1] = location.offset();
    places[at + 2] = location.length();
    places[at + 3] = location.plain();
    size++;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldPlaces = places;
    keys = new long[oldKeys.length * 2];
    places = new int[oldPlaces.length * 2];
    int mask = keys.length / KEY - 1;
    for (int i = 0; i < oldKeys.length / KEY; i++) {
      if (oldPlaces[i * PLACE] != 0) {
        int slot = (int) (oldKeys[i * KEY] >>> 32) & mask;
        while (places[slot * PLACE] != 0) {
          slot = slot + 1 & mask;
        }
        System.arraycopy(oldKeys, i * KEY, keys, slot * KEY, KEY);
        System.arraycopy(oldPlaces, i * PLACE, places, slot * PLACE, PLACE);
      }
    }
  }

  /** Calls for each. */
  void each(java.util.function.BiConsumer<Id, Location> consumer) {
    for (int i = 0; i < keys.length / KEY; i++) {
      if (places[i * PLACE] != 0) {
        long[] k = Arrays.copyOfRange(keys, i * KEY, i * KEY + KEY);
        int p = i * PLACE;
        consumer.accept(
            new Id(k[0], k[1], k[2], k[3]),
            new Location(places[p] - 1, places[p + 1], places[p + 2], places[p + 3]));
      }
    }
  }
}
