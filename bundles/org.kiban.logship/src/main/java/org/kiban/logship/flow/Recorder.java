package org.kiban.logship.flow;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kiban.logship.ship.Letter;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.SourceId;

/** Writes down what became of each stream on its way to one destination. For one thread. */
final class Recorder {

  private static final Duration RECORD_EVERY = Duration.ofSeconds(10);
  private static final Duration REMEMBER_EVERY = Duration.ofSeconds(1);

  private final String destination;
  private final Cursors cursors;
  private final Evidence evidence;
  private final InstantSource clock;
  private final Map<SourceId, Position> recorded = new HashMap<>();
  private final Map<SourceId, Position> troubled = new HashMap<>();
  private final Past past;
  private Instant nextRecord;
  private Instant nextRemember;

  Recorder(String destination, Cursors cursors, Evidence evidence, InstantSource clock)
      throws IOException {
    this.destination = destination;
    this.cursors = cursors;
    this.evidence = evidence;
    this.clock = clock;
    this.past = evidence.past(destination);
    this.nextRecord = clock.instant().plus(RECORD_EVERY);
    this.nextRemember = clock.instant().plus(REMEMBER_EVERY);
  }

  /**
   * Everything before is recorded, or is not this destination's to record. What was stored and not
   * recorded when the node was killed is recorded with what comes next.
   */
  void begin(SourceId id, Position from) {
    if (!recorded.containsKey(id)) {
      Position last = past.stored(id, from);
      recorded.put(id, last.offset() < from.offset() ? last : from);
    }
  }

  void forget(SourceId id) {
    recorded.remove(id);
    troubled.remove(id);
  }

  /**
   * Writes down what was lost, once also over restarts.
   *
   * @return whether an operator has taken note of it already
   */
  boolean lost(Origin origin, Position from, Position to) throws IOException {
    Past.Loss loss = new Past.Loss(origin.id().value(), from.offset(), to.offset());
    if (!past.isTold(loss)) {
      trouble(Evidence.Kind.LOST, origin, from, to);
    }
    return past.isAccepted(loss);
  }

  /** Something that should not have happened, at once; the same of a stream is told once. */
  void trouble(Evidence.Kind kind, Origin origin, Position from, Position to) throws IOException {
    if (!from.equals(troubled.put(origin.id(), from))) {
      evidence.add(List.of(Evidence.entry(clock.instant(), kind, destination, origin, from, to)));
    }
  }

  /** What became of events that had been refused. */
  void letters(Evidence.Kind kind, List<Letter> letters) throws IOException {
    evidence.add(
        letters.stream()
            .map(letter -> Evidence.entry(clock.instant(), kind, destination, letter))
            .toList());
  }

  /** Writes down where everything is, now and then. */
  void remember(Collection<Lane> lanes) throws IOException {
    Instant now = clock.instant();
    if (!now.isBefore(nextRemember)) {
      remembered(lanes);
      nextRemember = now.plus(REMEMBER_EVERY);
    }
    if (!now.isBefore(nextRecord)) {
      stored(lanes);
      nextRecord = now.plus(RECORD_EVERY);
    }
  }

  /** Writes everything down. */
  void finish(Collection<Lane> lanes) throws IOException {
    remembered(lanes);
    stored(lanes);
  }

  private void remembered(Collection<Lane> lanes) throws IOException {
    Set<SourceId> known = new HashSet<>();
    lanes.forEach(l -> known.add(l.stream().origin().id()));
    cursors.write(known);
  }

  private void stored(Collection<Lane> lanes) throws IOException {
    List<Evidence.Entry> entries = new ArrayList<>();
    Map<SourceId, Position> next = new HashMap<>();
    for (Lane lane : lanes) {
      Origin origin = lane.stream().origin();
      Position from = recorded.getOrDefault(origin.id(), Position.START);
      Position to = lane.acknowledged();
      if (to.offset() > from.offset()) {
        entries.add(
            Evidence.entry(clock.instant(), Evidence.Kind.STORED, destination, origin, from, to));
        next.put(origin.id(), to);
      }
    }
    evidence.add(entries);
    recorded.putAll(next);
  }
}
