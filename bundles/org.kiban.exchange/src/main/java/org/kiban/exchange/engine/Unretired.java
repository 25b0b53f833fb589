package org.kiban.exchange.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.kiban.core.TrustedClock;
import org.kiban.exchange.api.Arrival;
import org.kiban.exchange.api.Inbound;
import org.kiban.exchange.ledger.Delivery;
import org.kiban.exchange.ledger.Ledger;
import org.kiban.exchange.ledger.LedgerEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Arrivals that the ledger has decided on and that still lie where they arrived, because of a crash
 * or because they could not be taken away. Safe for several threads.
 */
final class Unretired {

  private static final Logger LOG = LoggerFactory.getLogger(Unretired.class);

  private final Ledger ledger;
  private final TrustedClock clock;
  private final Problems problems;
  private final Map<String, Delivery> known = new ConcurrentHashMap<>();
  private final Queue<Runnable> stuck = new ConcurrentLinkedQueue<>();
  private final Queue<LedgerEvent> unnoted = new ConcurrentLinkedQueue<>();

  Unretired(Ledger ledger, TrustedClock clock, Problems problems) {
    this.ledger = ledger;
    this.clock = clock;
    this.problems = problems;
    for (Delivery d : ledger.open()) {
      if (!d.retired()) {
        known.put(key(d.source().line(), d.source().arrival()), d);
      }
    }
  }

  /**
   * Adds a delivery whose arrival could not be taken away; {@code release} has it offered again.
   */
  void add(Delivery d, Runnable release) {
    known.put(key(d.source().line(), d.source().arrival()), d);
    stuck.add(release);
  }

  /** Takes over events that say that arrivals are gone and that could not be noted. */
  void owe(List<LedgerEvent> gone) {
    unnoted.addAll(gone);
  }

  /**
   * Lets what was decided, but could not be taken away, be offered again; notes what could not be.
   */
  void tryAgain() {
    for (Runnable next = stuck.poll(); next != null; next = stuck.poll()) {
      next.run();
    }
    for (LedgerEvent next = unnoted.peek(); next != null; next = unnoted.peek()) {
      try {
        if (ledger.get(next.id()).filter(Delivery::retired).isEmpty()) {
          ledger.commit(List.of(next));
        }
        unnoted.remove();
      } catch (IOException e) {
        LOG.debug("what became of delivery {} cannot be noted now", next.id(), e);
        return;
      }
    }
  }

  /**
   * Takes the arrival of a delivery away.
   *
   * @return false if that cannot be done now
   */
  boolean takeAway(Delivery d, Arrival arrival) {
    try {
      if (d.state().equals(Delivery.REFUSED)) {
        arrival.setAside(Path.of(d.quarantine()));
      } else {
        arrival.retire();
      }
      problems.clear(d.source().line(), arrival);
      return true;
    } catch (IOException e) {
      problems.note(d.source().line(), arrival, e);
      return false;
    }
  }

  /**
   * Whether an arrival is one that the ledger has; then it is finished, now or when it can be read
   * and taken away again.
   */
  boolean finish(Intake.Offered o, Runnable release) {
    Delivery d = known.get(key(o.lineId(), o.arrival().id()));
    if (d == null) {
      return false;
    }
    try {
      boolean same = isSame(d.source(), o.arrival());
      if (same && !takeAway(d, o.arrival())) {
        stuck.add(release);
      } else {
        known.remove(key(o.lineId(), o.arrival().id()));
        note(retired(d));
      }
      return same;
    } catch (IOException e) {
      problems.note(o.lineId(), o.arrival(), e);
      stuck.add(release);
      return true;
    }
  }

  private static boolean isSame(LedgerEvent.Source source, Arrival arrival) throws IOException {
    return source.bytes() == arrival.size()
        && (source.sha() == null || source.sha().equals(hash(arrival)));
  }

  private static String hash(Arrival arrival) throws IOException {
    try (DigestInputStream in = new DigestInputStream(arrival.open(), Hashes.sha256())) {
      in.transferTo(OutputStream.nullOutputStream());
      return Hashes.hex(in.getMessageDigest().digest());
    }
  }

  private LedgerEvent retired(Delivery d) {
    return new LedgerEvent.Retired(d.id(), LedgerEvent.micros(clock.now()));
  }

  private void note(LedgerEvent retired) {
    try {
      ledger.commit(List.of(retired));
    } catch (IOException e) {
      LOG.debug("what became of delivery {} is noted later", retired.id(), e);
      unnoted.add(retired);
    }
  }

  /**
   * Notes as gone what a crash let go before it could be noted; called when a way in was opened.
   */
  void reconcile(String lineId, Inbound inbound) throws IOException {
    for (Delivery d : List.copyOf(known.values())) {
      if (d.source().line().equals(lineId) && !inbound.holds(d.source().arrival())) {
        ledger.commit(List.of(retired(d)));
        known.remove(key(lineId, d.source().arrival()));
      }
    }
  }

  private static String key(String line, String arrival) {
    return line + '\n' + arrival;
  }
}
