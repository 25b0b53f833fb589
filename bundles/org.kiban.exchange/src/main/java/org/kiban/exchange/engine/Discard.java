package org.kiban.exchange.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.exchange.ledger.Delivery;
import org.kiban.exchange.ledger.LedgerEvent;

/**
 * Gives up what a delivery owes to consumers that no declaration names any more. What lies staged
 * near such a consumer is removed; what it has already counts as delivered.
 */
record Discard(Worksite site) {

  /** Gives up, or with {@code dryRun} only finds out whether there is something to give up. */
  void discard(Delivery d, boolean dryRun) throws IOException {
    Set<String> stranded = site.stranded.of(d);
    if (stranded.isEmpty()) {
      throw new KibanException(
          Outcome.REFUSED, LinkageMessage.NOTHING_TO_DISCARD, Long.toString(d.id()), d.state());
    }
    if (dryRun) {
      return;
    }
    List<String> given = new ArrayList<>();
    List<String> there = new ArrayList<>();
    for (String consumer : stranded) {
      boolean staged = d.consumers().get(consumer).state().equals(Delivery.STAGED);
      (staged && site.ways.isTaken(d, consumer) ? there : given).add(consumer);
    }
    long now = LedgerEvent.micros(site.now());
    List<LedgerEvent> events = new ArrayList<>();
    if (!there.isEmpty()) {
      events.add(new LedgerEvent.Delivered(d.id(), now, there));
    }
    if (!given.isEmpty()) {
      events.add(new LedgerEvent.Discarded(d.id(), now, given));
    }
    site.ledger.commit(events);
    stranded.forEach(consumer -> site.tries.worked(Tries.route(d.source().line(), consumer), d));
  }
}
