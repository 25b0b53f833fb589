package org.kiban.addon.swap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the container have exactly certain add-ons. Looks first and does only what is missing, so
 * that the same call serves a swap, a rollback, a start, and all of them again after a crash. Used
 * by one thread at a time.
 */
final class Rig {

  private final World world;
  private final Store store;

  Rig(World world, Store store) {
    this.world = world;
    this.store = store;
  }

  /**
   * Takes out what does not belong there.
   *
   * @return what it left behind
   */
  List<String> takeOut(Collection<Addon> desired) {
    List<String> stale = new ArrayList<>(world.locations());
    desired.forEach(a -> stale.removeAll(a.locations()));
    // Newest first: who uses another was installed after it.
    Collections.reverse(stale);
    return stale.isEmpty() ? List.of() : world.remove(stale);
  }

  /**
   * Installs what is missing and resolves it, touching nothing that runs.
   *
   * @return what cannot be resolved; empty if all can
   */
  Optional<String> putIn(Addon addon) {
    Set<String> there = world.locations();
    for (Piece piece : addon.pieces()) {
      if (!there.contains(piece.location())) {
        world.install(piece, store.jar(addon, piece));
      }
    }
    return world.resolve(addon.locations());
  }

  /**
   * Starts what does not run, in the order of start levels.
   *
   * @throws org.kiban.core.KibanException if a bundle does not start
   */
  void start(Addon addon) {
    addon.pieces().stream()
        .filter(p -> !p.fragment())
        .sorted(Comparator.comparingInt(Piece::startLevel))
        .filter(p -> !world.isRunning(p.location()))
        .forEach(p -> world.start(p.location()));
  }

  /** Takes out what is there of an add-on that another version does not have too. */
  void takeBack(Addon addon, Collection<Addon> others) {
    Set<String> gone = new HashSet<>(addon.locations());
    others.forEach(a -> gone.removeAll(a.locations()));
    gone.retainAll(world.locations());
    if (!gone.isEmpty()) {
      world.remove(List.copyOf(gone));
    }
  }
}
