package org.kiban.addon.swap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kiban.addon.pack.Verified;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * Lets the container's own resolver say whether a package finds what it imports: its bundles are
 * installed beside what runs, resolved, and taken out again. Used by one thread at a time.
 */
record Trial(Shop shop) {

  /** The plan with what the resolver says added to it. */
  Plan of(Plan plan, Verified verified) {
    Addon to = Addon.of(verified);
    List<Addon> installed = List.copyOf(shop.journal().installed().values());
    List<KibanException> problems = new ArrayList<>();
    try {
      shop.store().put(verified, to);
      Optional<String> missing = shop.rig().putIn(to);
      missing.ifPresent(
          m ->
              problems.add(
                  new KibanException(Outcome.REFUSED, SwapMessage.UNRESOLVED, to.id(), m)));
      Planner.restarts(shop, to.id(), to.pieces(), added(to, installed), problems);
    } catch (KibanException e) {
      problems.add(e);
    } catch (IOException e) {
      problems.add(new KibanException(e, Outcome.FAILED, SwapMessage.NOT_WRITABLE, e.toString()));
    } finally {
      shop.rig().takeBack(to, installed);
      tidy(installed);
    }
    return plan.with(problems);
  }

  private static List<String> added(Addon to, List<Addon> installed) {
    List<String> added = new ArrayList<>(to.locations());
    installed.forEach(a -> added.removeAll(a.locations()));
    return added;
  }

  private void tidy(List<Addon> installed) {
    try {
      shop.store().retain(installed);
    } catch (IOException e) {
      shop.log().debug("the store is tidied later", e);
    }
  }
}
