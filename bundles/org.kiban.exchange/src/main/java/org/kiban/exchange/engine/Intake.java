package org.kiban.exchange.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kiban.core.TrustedClock;
import org.kiban.core.storage.DurableFiles;
import org.kiban.exchange.api.Arrival;
import org.kiban.exchange.api.Inbound;
import org.kiban.exchange.ledger.Delivery;
import org.kiban.exchange.ledger.Ledger;
import org.kiban.exchange.ledger.LedgerEvent;
import org.kiban.exchange.store.ContentStore;

/**
 * Takes arrivals in: content into the store, quarantine to its place, the decision into the ledger,
 * and only then the arrival away. What a crash leaves behind is recognised by the ledger's open
 * rows and finished. Safe for several threads.
 */
final class Intake {

  private final Ledger ledger;
  private final ContentStore store;
  private final Places places;
  private final DurableFiles files;
  private final TrustedClock clock;
  private final Preparer preparer;
  private final Workers workers;
  private final Problems problems;
  private final Map<String, Inbound> strays;
  private final Set<Long> inHand;
  private final Unretired unretired;

  Intake(
      Ledger ledger,
      ContentStore store,
      Places places,
      DurableFiles files,
      TrustedClock clock,
      Workers workers,
      Problems problems,
      Map<String, Inbound> strays,
      Set<Long> inHand,
      Unretired unretired,
      Scanner scanner) {
    this.inHand = inHand;
    this.unretired = unretired;
    this.ledger = ledger;
    this.store = store;
    this.places = places;
    this.files = files;
    this.clock = clock;
    this.workers = workers;
    this.problems = problems;
    this.strays = strays;
    this.preparer = new Preparer(store, places.work(), scanner);
  }

  /**
   * An arrival and the interface that it came by.
   *
   * @param line the interface, or null if none of that name is in force
   * @param lineId its id
   */
  record Offered(Line line, String lineId, Arrival arrival) {}

  /** What was accepted and is owed to consumers now, with its content at hand. */
  record Accepted(Line line, Delivery delivery, byte[] converted, Path spool) {}

  /**
   * What was taken in.
   *
   * @param accepted what is owed to consumers now, in order
   * @param gone events to commit with the next ones
   * @param failed how many could not be read or written now and will be offered again
   */
  record Taken(List<Accepted> accepted, List<LedgerEvent> gone, int failed) {}

  /**
   * Takes arrivals in.
   *
   * @return what was taken in
   * @throws IOException if the ledger or the store cannot be written now; nothing was taken in then
   *     that is not in the ledger, and the rest will be offered again
   */
  Taken take(List<Offered> offered) throws IOException {
    List<Offered> fresh = new ArrayList<>();
    for (Offered o : offered) {
      if (!unretired.finish(o, () -> release(o))) {
        fresh.add(o);
      }
    }
    List<Prepared> prepared = new ArrayList<>();
    for (Optional<Prepared> p : workers.each(fresh, this::prepare)) {
      p.ifPresent(prepared::add);
    }
    try {
      Taken taken = decide(prepared);
      return new Taken(taken.accepted(), taken.gone(), fresh.size() - prepared.size());
    } catch (IOException e) {
      for (Prepared p : prepared) {
        release(p.offered());
        p.discard();
      }
      throw e;
    }
  }

  private Optional<Prepared> prepare(Offered o) {
    try {
      Optional<Prepared> prepared = preparer.prepare(o);
      problems.clear(o.lineId(), o.arrival());
      return prepared;
    } catch (IOException e) {
      release(o);
      problems.note(o.lineId(), o.arrival(), e);
      return Optional.empty();
    }
  }

  /** Lets an arrival that was not taken be offered again. */
  void release(Offered o) {
    Inbound inbound = o.line() != null ? o.line().inbound() : strays.get(o.lineId());
    if (inbound != null) {
      inbound.release(o.arrival());
    }
  }

  /** One decision at a time, so that two files with one key cannot both be the first. */
  private synchronized Taken decide(List<Prepared> prepared) throws IOException {
    if (prepared.isEmpty()) {
      return new Taken(List.of(), List.of(), 0);
    }
    Map<Long, Prepared> byId = new LinkedHashMap<>();
    try {
      return decide(prepared, byId);
    } catch (IOException | RuntimeException e) {
      inHand.removeAll(byId.keySet());
      throw e;
    }
  }

  private Taken decide(List<Prepared> prepared, Map<Long, Prepared> byId) throws IOException {
    List<LedgerEvent> events = new ArrayList<>();
    KnownKeys known = new KnownKeys(ledger, prepared);
    Set<Path> touched = new HashSet<>();
    for (Prepared p : prepared) {
      long id = ledger.nextId();
      Prepared judged = known.judge(p);
      byId.put(id, judged);
      if (judged.refusal() == null) {
        events.add(accept(id, judged, touched));
        known.add(p, id);
        // Before the ledger shows it: another thread that looks for what is owed leaves it alone.
        inHand.add(id);
      } else {
        events.add(refuse(id, judged, touched));
      }
    }
    store.sync();
    for (Path directory : touched) {
      files.syncDirectory(directory);
    }
    ledger.commit(events);
    return afterwards(byId);
  }

  private LedgerEvent accept(long id, Prepared p, Set<Path> touched) throws IOException {
    Prepared.Content content = p.content();
    String ref = content.ref() != null ? content.ref() : stored(p);
    String aside = null;
    if (!p.rejects().isEmpty()) {
      Path target = places.aside(p.lineId(), id, p.arrival().name());
      p.rejects().keep(target);
      touched.add(target.getParent());
      aside = target + RejectSpool.ROWS;
    }
    return new LedgerEvent.Accepted(
        id,
        now(),
        p.source(ref),
        p.key(),
        p.identity().sequence(),
        p.result(),
        aside,
        List.copyOf(p.line().outbounds().keySet()));
  }

  private String stored(Prepared p) throws IOException {
    return store.put(p.content().sealed(), p.line().declaration().retentionDays());
  }

  private LedgerEvent refuse(long id, Prepared p, Set<Path> touched) throws IOException {
    boolean kept = p.refusal().state().equals(Delivery.REFUSED);
    Path target = places.aside(p.lineId(), id, p.arrival().name());
    if (kept && !p.rejects().isEmpty()) {
      p.rejects().keep(target);
      touched.add(target.getParent());
    } else {
      p.rejects().discard();
    }
    if (p.spool() != null) {
      Files.deleteIfExists(p.spool());
    }
    return new LedgerEvent.Refused(
        id,
        now(),
        p.source(null),
        null,
        p.refusal().state(),
        p.refusal().code(),
        p.refusal().reason(),
        p.refusal().reasonJa(),
        kept ? target.toString() : null);
  }

  private Taken afterwards(Map<Long, Prepared> byId) throws IOException {
    List<Decided> decided = new ArrayList<>();
    for (Map.Entry<Long, Prepared> e : byId.entrySet()) {
      decided.add(new Decided(ledger.get(e.getKey()).orElseThrow(), e.getValue()));
    }
    List<Boolean> away =
        workers.each(decided, d -> unretired.takeAway(d.delivery(), d.prepared().arrival()));
    List<Accepted> accepted = new ArrayList<>();
    List<LedgerEvent> gone = new ArrayList<>();
    for (int i = 0; i < decided.size(); i++) {
      Delivery d = decided.get(i).delivery();
      Prepared p = decided.get(i).prepared();
      if (away.get(i)) {
        gone.add(new LedgerEvent.Retired(d.id(), now()));
      } else {
        unretired.add(d, () -> release(p.offered()));
      }
      if (p.refusal() == null) {
        accepted.add(new Accepted(p.line(), d, p.outcome().bytes(), p.spool()));
      }
    }
    return new Taken(accepted, gone, 0);
  }

  private record Decided(Delivery delivery, Prepared prepared) {}

  private long now() {
    return LedgerEvent.micros(clock.now());
  }
}
