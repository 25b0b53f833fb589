package org.kiban.exchange.engine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.kiban.core.TrustedClock;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.ledger.Delivery;
import org.kiban.exchange.ledger.Ledger;
import org.kiban.exchange.ledger.LedgerEvent;

/** Notes which deliveries consumers said they have. Used by one thread. */
final class Receipts {

  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Ledger ledger;
  private final TrustedClock clock;
  private final Problems problems;

  /** What the ledger does not have yet; its way out is not asked for more before it has. */
  private final Map<Outbound, List<Long>> owed = new WeakHashMap<>();

  private final Map<String, Instant> pauses = new HashMap<>();

  Receipts(Ledger ledger, TrustedClock clock, Problems problems) {
    this.ledger = ledger;
    this.clock = clock;
    this.problems = problems;
  }

  /** Asks every way out that waits for no other machine. */
  void collect(Map<String, Line> lines) throws IOException {
    for (Line line : lines.values()) {
      for (Map.Entry<String, Outbound> e : line.outbounds().entrySet()) {
        if (!e.getValue().distant()) {
          collect(line, e.getKey());
        }
      }
    }
  }

  /** Asks one way out; one that fails is left alone for a while. */
  void collect(Line line, String consumer) throws IOException {
    Outbound outbound = line.outbounds().get(consumer);
    List<Long> numbers = owed.getOrDefault(outbound, List.of());
    if (numbers.isEmpty()) {
      numbers = ask(line.id(), consumer, outbound);
      owed.put(outbound, numbers);
    }
    owed.put(outbound, note(consumer, numbers));
  }

  private List<Long> ask(String line, String consumer, Outbound outbound) {
    String what = "receipts:" + line + "→" + consumer;
    Instant until = pauses.get(what);
    if (until != null && clock.now().isBefore(until)) {
      return List.of();
    }
    try {
      List<Long> numbers = outbound.confirmed();
      if (pauses.remove(what) != null) {
        problems.clear(what);
      }
      return numbers;
    } catch (IOException e) {
      pauses.put(what, clock.now().plus(PAUSE));
      problems.note(what, LinkageMessage.OUTBOUND_FAILED, line, consumer, Problems.reason(e));
      return List.of();
    }
  }

  /** Notes receipts and returns those that overtook the note of their delivery. */
  private List<Long> note(String consumer, List<Long> numbers) throws IOException {
    List<LedgerEvent> events = new ArrayList<>();
    List<Long> early = new ArrayList<>();
    long now = LedgerEvent.micros(clock.now());
    for (Long number : numbers) {
      Delivery.Leg leg = ledger.get(number).map(d -> d.consumers().get(consumer)).orElse(null);
      if (leg != null && leg.state().equals(Delivery.DELIVERED)) {
        events.add(new LedgerEvent.Confirmed(number, now, consumer));
      } else if (leg != null && !leg.state().equals(Delivery.CONFIRMED)) {
        early.add(number);
      }
    }
    ledger.commit(events);
    return early;
  }
}
