package org.kiban.exchange.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.kiban.core.TrustedClock;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.api.Parcel;
import org.kiban.exchange.declaration.Declaration;
import org.kiban.exchange.declaration.Profile;
import org.kiban.exchange.ledger.Delivery;
import org.kiban.exchange.ledger.Ledger;
import org.kiban.exchange.ledger.LedgerEvent;

/**
 * Brings accepted deliveries to their consumers: stage, note, publish, note, many at a time. What
 * fails stays owed and is tried again; a consumer that fails is left alone for a while, the others
 * go on. What is for another machine is only staged; its {@link Lane} brings it there. Safe for
 * several threads.
 */
final class Courier {

  private final Ledger ledger;
  private final Contents contents;
  private final TrustedClock clock;
  private final Workers workers;
  private final Tries tries;
  private final Ways ways;
  private final Set<Long> inHand;

  Courier(
      Ledger ledger,
      Contents contents,
      TrustedClock clock,
      Workers workers,
      Tries tries,
      Ways ways,
      Set<Long> inHand) {
    this.inHand = inHand;
    this.ledger = ledger;
    this.contents = contents;
    this.clock = clock;
    this.workers = workers;
    this.tries = tries;
    this.ways = ways;
  }

  /** One consumer's part of one delivery. */
  record Leg(
      Line line, Delivery delivery, String consumer, Parcel parcel, Outbound.Content content) {
    Outbound outbound() {
      return line.outbounds().get(consumer);
    }

    String route() {
      return Tries.route(line.id(), consumer);
    }
  }

  /** What was staged of a batch, to be published next; {@code taken} is in hand until then. */
  record OnItsWay(Intake.Taken taken, List<Leg> legs) {}

  /** Stages what was just accepted; {@code gone} is noted with it. */
  OnItsWay stage(Intake.Taken taken) throws IOException {
    try {
      List<Leg> legs = new ArrayList<>();
      for (Intake.Accepted a : taken.accepted()) {
        Outbound.Content content =
            a.converted() != null
                ? () -> new ByteArrayInputStream(a.converted())
                : Spools.content(a.spool(), a.delivery().consumers().size() == 1);
        legs.addAll(legs(a.line(), a.delivery(), Delivery.PENDING, content, c -> true));
      }
      return new OnItsWay(taken, near(stage(workers, legs, taken.gone())));
    } catch (IOException | RuntimeException e) {
      letGo(taken);
      throw e;
    }
  }

  /** Publishes what was staged. */
  void publish(OnItsWay staged) throws IOException {
    try {
      publish(workers, staged.legs());
    } finally {
      letGo(staged.taken());
    }
  }

  private void letGo(Intake.Taken taken) throws IOException {
    for (Intake.Accepted a : taken.accepted()) {
      inHand.remove(a.delivery().id());
      if (a.spool() != null) {
        Files.deleteIfExists(a.spool());
      }
    }
  }

  /**
   * Goes on with what is owed from before: after a crash, a failure, a full disk.
   *
   * @param lines the interfaces in force
   * @param most at most this many deliveries
   * @return whether anything was done
   */
  boolean resume(Map<String, Line> lines, int most) throws IOException {
    List<Delivery> taken = new ArrayList<>();
    try {
      List<Leg> pending = new ArrayList<>();
      List<Leg> staged = new ArrayList<>();
      for (Delivery seen : ledger.open()) {
        Line line = lines.get(seen.source().line());
        if (taken.size() < most
            && line != null
            && seen.state().equals(Delivery.ACCEPTED)
            && inHand.add(seen.id())) {
          // Who had it in hand until now may have brought it to its end since it was listed.
          Delivery d = ledger.get(seen.id()).orElse(seen);
          Outbound.Content content = () -> contents.open(d);
          boolean any = pending.addAll(legs(line, d, Delivery.PENDING, content, c -> true));
          any |= staged.addAll(legs(line, d, Delivery.STAGED, content, c -> isNear(line, c)));
          if (any) {
            taken.add(d);
          } else {
            inHand.remove(d.id());
          }
        }
      }
      List<Leg> ready = new ArrayList<>(looked(staged, pending));
      ready.addAll(stage(workers, pending, List.of()));
      return publish(workers, near(ready)) > 0;
    } finally {
      taken.forEach(d -> inHand.remove(d.id()));
    }
  }

  /**
   * Goes on with what lies staged for one consumer on another machine; for its lane alone.
   *
   * @param own threads that may wait for that machine
   * @param most at most this many deliveries
   * @return whether anything was done
   */
  boolean resume(Line line, String consumer, Workers own, int most) throws IOException {
    List<Leg> staged = new ArrayList<>();
    for (Delivery d : ledger.open()) {
      if (staged.size() < most && d.source().line().equals(line.id())) {
        staged.addAll(
            legs(line, d, Delivery.STAGED, () -> contents.open(d), c -> c.equals(consumer)));
      }
    }
    List<Leg> lost = new ArrayList<>();
    List<Leg> ready = new ArrayList<>(looked(staged, lost));
    ready.addAll(stage(own, lost, List.of()));
    return publish(own, ready) > 0;
  }

  private static boolean isNear(Line line, String consumer) {
    Outbound outbound = line.outbounds().get(consumer);
    return outbound != null && !outbound.distant();
  }

  /** Those whose way out waits for no other machine. */
  private static List<Leg> near(List<Leg> legs) {
    return legs.stream().filter(leg -> isNear(leg.line(), leg.consumer())).toList();
  }

  private List<Leg> legs(
      Line line, Delivery d, String state, Outbound.Content content, Predicate<String> whose) {
    List<Leg> legs = new ArrayList<>();
    Parcel parcel = null;
    for (Map.Entry<String, Delivery.Leg> e : d.consumers().entrySet()) {
      String consumer = e.getKey();
      if (e.getValue().state().equals(state)
          && line.outbounds().containsKey(consumer)
          && whose.test(consumer)
          && !tries.waits(Tries.route(line.id(), consumer), d)) {
        parcel = parcel == null ? parcel(line.declaration(), d) : parcel;
        legs.add(new Leg(line, d, consumer, parcel, content));
      }
    }
    return legs;
  }

  /** What a consumer gets of a delivery. */
  static Parcel parcel(Declaration declaration, Delivery d) {
    return new Parcel(
        d.id(),
        d.source().file(),
        d.result().bytes(),
        HexFormat.of().parseHex(d.result().sha()),
        Manifest.write(d, profile(declaration.output())));
  }

  private static String profile(Profile output) {
    return output.format().name().toLowerCase(Locale.ROOT)
        + "; charset="
        + output.charset().javaName();
  }

  /** Asks the world about legs that were staged before a crash; lost ones become pending. */
  private List<Leg> looked(List<Leg> staged, List<Leg> pending) throws IOException {
    List<Leg> toPublish = new ArrayList<>();
    Map<Long, List<String>> there = new HashMap<>();
    for (Leg leg : staged) {
      try {
        switch (ways.look(leg.line(), leg.consumer(), leg.delivery(), leg.parcel())) {
          case STAGED -> toPublish.add(leg);
          case LOST -> pending.add(leg);
          default ->
              there
                  .computeIfAbsent(leg.delivery().id(), id -> new ArrayList<>())
                  .add(leg.consumer());
        }
      } catch (IOException e) {
        failed(leg, e);
      }
    }
    List<LedgerEvent> events = new ArrayList<>();
    there.forEach((id, who) -> events.add(new LedgerEvent.Delivered(id, now(), who)));
    ledger.commit(events);
    return toPublish;
  }

  private List<Leg> stage(Workers threads, List<Leg> legs, List<LedgerEvent> gone)
      throws IOException {
    List<Leg> done =
        threads
            .each(
                legs, leg -> attempt(leg, () -> leg.outbound().stage(leg.parcel(), leg.content())))
            .stream()
            .filter(Objects::nonNull)
            .toList();
    List<Leg> synced = sync(done);
    List<LedgerEvent> events = new ArrayList<>(gone);
    Map<Long, String> by = new HashMap<>();
    synced.forEach(leg -> by.put(leg.delivery().id(), leg.line().digest()));
    byDelivery(synced)
        .forEach(
            (id, who) ->
                events.add(new LedgerEvent.Staged(id, now(), List.copyOf(who), by.get(id))));
    ledger.commit(events);
    return synced;
  }

  private int publish(Workers by, List<Leg> legs) throws IOException {
    List<Leg> done =
        by.each(legs, leg -> attempt(leg, () -> leg.outbound().publish(leg.parcel()))).stream()
            .filter(Objects::nonNull)
            .toList();
    List<Leg> synced = sync(done);
    List<LedgerEvent> events = new ArrayList<>();
    byDelivery(synced)
        .forEach((id, who) -> events.add(new LedgerEvent.Delivered(id, now(), List.copyOf(who))));
    ledger.commit(events);
    synced.forEach(leg -> tries.worked(leg.route(), leg.delivery()));
    return synced.size();
  }

  private interface Step {
    void run() throws IOException;
  }

  private Leg attempt(Leg leg, Step step) {
    if (tries.waits(leg.route())) {
      return null; // one of the same batch failed; the others would fail too, each with its time
    }
    try {
      step.run();
      return leg;
    } catch (IOException e) {
      failed(leg, e);
      return null;
    }
  }

  /** Syncs each way out once; legs of one that cannot be synced do not count as done. */
  private List<Leg> sync(List<Leg> legs) {
    Set<Outbound> outbounds = new LinkedHashSet<>();
    legs.forEach(leg -> outbounds.add(leg.outbound()));
    Set<Outbound> bad = new HashSet<>();
    for (Outbound outbound : outbounds) {
      try {
        outbound.sync();
      } catch (IOException e) {
        bad.add(outbound);
        legs.stream().filter(l -> l.outbound() == outbound).forEach(l -> failed(l, e));
      }
    }
    return legs.stream().filter(l -> !bad.contains(l.outbound())).toList();
  }

  private static Map<Long, List<String>> byDelivery(List<Leg> legs) {
    Map<Long, List<String>> who = new java.util.LinkedHashMap<>();
    for (Leg leg : legs) {
      who.computeIfAbsent(leg.delivery().id(), id -> new ArrayList<>()).add(leg.consumer());
    }
    return who;
  }

  private void failed(Leg leg, IOException e) {
    tries.failed(leg.route(), leg.delivery(), leg.line().id(), leg.consumer(), e);
  }

  private long now() {
    return LedgerEvent.micros(clock.now());
  }
}
