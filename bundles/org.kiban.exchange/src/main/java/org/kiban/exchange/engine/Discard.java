package org.kiban.exchange.engine;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.api.Parcel;
import org.kiban.exchange.declaration.Consumer;
import org.kiban.exchange.declaration.Declaration;
import org.kiban.exchange.ledger.Delivery;
import org.kiban.exchange.ledger.LedgerEvent;

/**
 * Gives up what a delivery owes to consumers that no declaration names any more. What lies staged
 * near such a consumer is removed by the way out as it was declared when the file was taken in.
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
      (staged && !withdrawn(d, consumer) ? there : given).add(consumer);
    }
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, site.now());
    List<LedgerEvent> events = new ArrayList<>();
    if (!there.isEmpty()) {
      events.add(new LedgerEvent.Delivered(d.id(), now, there));
    }
    if (!given.isEmpty()) {
      events.add(new LedgerEvent.Discarded(d.id(), now, given));
    }
    site.ledger.commit(events);
  }

  /**
   * Removes what lies staged; false if a crash kept it from being noted that the consumer has it.
   */
  private boolean withdrawn(Delivery d, String consumer) throws IOException {
    Declaration declared = site.declarations.archived(d.source().line(), d.result().declaration());
    Consumer then =
        declared.consumers().stream()
            .filter(c -> c.system().equals(consumer))
            .findFirst()
            .orElseThrow();
    Parcel parcel = Courier.parcel(declared, d);
    try (Outbound outbound = site.lines.openOut(declared, then)) {
      if (outbound.look(parcel) == Outbound.Presence.PUBLISHED) {
        return false;
      }
      outbound.withdraw(parcel);
      return true;
    }
  }
}
