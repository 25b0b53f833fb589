package org.kiban.logship.flow;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.kiban.core.Backoff;
import org.kiban.logship.LogCode;
import org.kiban.logship.local.LocalStore;
import org.kiban.logship.parse.Packer;
import org.kiban.logship.ship.Destination;
import org.kiban.logship.ship.Letter;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.Segment;
import org.kiban.logship.ship.SourceId;
import org.kiban.logship.source.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends every stream to one destination, each in its order. The destination says where each goes
 * on; the sources are the buffer, so that no more is in memory than what is under way. For one
 * thread; the views may be asked by any.
 */
final class Shipper {

  private static final Logger LOG = LoggerFactory.getLogger(Shipper.class);

  /** Segments under way to the destination: 4 MiB. */
  private static final int WINDOW = 8;

  /** Segments of one stream before it is another's turn. */
  private static final int BURST = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private record Sent(Lane lane, CompletableFuture<Position> answer) {}

  private final String name;
  private final Destination destination;
  private final Function<Stream, Packer> packers;
  private final Cursors cursors;
  private final Recorder recorder;
  private final InstantSource clock;
  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
  private final Scratch scratch = new Scratch();
  private final Map<SourceId, Lane> lanes = new LinkedHashMap<>();
  private final Deque<Sent> underway = new ArrayDeque<>();
  private volatile List<Lane> view = List.of();
  private volatile String problem = "";

  Shipper(
      String name,
      Destination destination,
      Function<Stream, Packer> packers,
      Cursors cursors,
      Evidence evidence,
      InstantSource clock)
      throws IOException {
    this.name = name;
    this.destination = destination;
    this.packers = packers;
    this.cursors = cursors;
    this.recorder = new Recorder(name, cursors, evidence, clock);
    this.clock = clock;
  }

  String name() {
    return name;
  }

  /** What keeps it from sending; empty if nothing does. */
  String problem() {
    return problem;
  }

  /** Every stream on its way. */
  List<Lane> lanes() {
    return view;
  }

  /**
   * Goes once round the streams.
   *
   * @return whether there may be more to do at once
   */
  boolean turn(List<Stream> streams) {
    follow(streams);
    Instant now = clock.instant();
    if (!backoff.isOver(now)) {
      return false;
    }
    try {
      boolean busy = false;
      for (Lane lane : lanes.values()) {
        busy |= advance(lane);
      }
      reap(false);
      if (!busy && !underway.isEmpty()) {
        reap(true);
        busy = true;
      }
      if (!busy) {
        works();
      }
      recorder.remember(lanes.values());
      return busy;
    } catch (IOException | RuntimeException e) {
      failed(e);
      return false;
    }
  }

  private void follow(List<Stream> streams) {
    Set<SourceId> there = new HashSet<>();
    boolean news = false;
    for (Stream stream : streams) {
      SourceId id = stream.origin().id();
      there.add(id);
      Lane lane = lanes.get(id);
      if (lane == null) {
        lanes.put(id, new Lane(stream, packers.apply(stream)));
        news = true;
      } else {
        lane.stream(stream);
      }
    }
    for (SourceId id : List.copyOf(lanes.keySet())) {
      if (!there.contains(id)) {
        lanes.remove(id).close();
        recorder.forget(id);
        news = true;
      }
    }
    if (news) {
      view = List.copyOf(lanes.values());
    }
  }

  /** Sends some of one stream. */
  private boolean advance(Lane lane) throws IOException {
    if (!lane.isWanted()) {
      return false;
    }
    if (lane.sent() == null) {
      begin(lane);
    }
    if (lane.sent() == null) {
      return false;
    }
    if (lane.isLost(clock.instant())) {
      lost(lane);
      return false;
    }
    for (int i = 0; i < BURST; i++) {
      Optional<Segment> segment = read(lane);
      if (segment.isEmpty()) {
        return i > 0;
      }
      while (underway.size() >= WINDOW) {
        reap(true);
      }
      underway.add(new Sent(lane, destination.send(segment.get())));
    }
    return true;
  }

  /** A source that cannot be read is its own trouble, and nobody else's. */
  private Optional<Segment> read(Lane lane) {
    try {
      return lane.next(scratch);
    } catch (IOException e) {
      LOG.debug("{} cannot be read", lane.stream().place(), e);
      return Optional.empty();
    }
  }

  /** Asks the destination where to go on. */
  private void begin(Lane lane) throws IOException {
    Origin origin = lane.stream().origin();
    Position mine = cursors.of(origin.id());
    Position theirs = destination.position(origin, mine);
    if (theirs.offset() < mine.offset()) {
      recorder.trouble(Evidence.Kind.WENT_BACK, origin, theirs, mine);
      long first = lane.stream().first();
      if (theirs.offset() < first && first <= mine.offset()) {
        // Only what a replay may still have: the source itself has let go of it.
        lost(lane, theirs, first);
      }
    } else if (theirs.offset() == mine.offset() && !theirs.equals(mine) || lane.isBehind(theirs)) {
      recorder.trouble(Evidence.Kind.CONTRADICTED, origin, theirs, mine);
      lane.stop(LogCode.CONTRADICTED.line(name, origin.name()));
      return;
    }
    if (theirs.offset() > mine.offset()) {
      cursors.put(origin.id(), theirs);
    }
    lane.begin(theirs);
    recorder.begin(origin.id(), theirs.offset() > mine.offset() ? mine : theirs);
  }

  private void lost(Lane lane) throws IOException {
    Position from = lane.sent();
    long end = lane.stream().size();
    lane.lost(loss(lane, from, end));
    if (lost(lane, from, end)) {
      lane.acceptLoss();
    }
  }

  private boolean lost(Lane lane, Position from, long end) throws IOException {
    Position to = new Position(end, from.events(), from.chain());
    boolean accepted = recorder.lost(lane.stream().origin(), from, to);
    if (!accepted) {
      LOG.error("{}", loss(lane, from, end));
    }
    return accepted;
  }

  /** An operator has taken note of what was lost of a stream. */
  void acceptLoss(SourceId id) {
    view.stream().filter(l -> l.stream().origin().id().equals(id)).forEach(Lane::acceptLoss);
  }

  private String loss(Lane lane, Position from, long end) {
    return LogCode.LOST.line(lane.stream().origin().name(), end - from.offset(), name);
  }

  /**
   * Takes what was acknowledged.
   *
   * @param wait for the oldest
   */
  private void reap(boolean wait) throws IOException {
    boolean patient = wait;
    while (!underway.isEmpty() && (patient || underway.peek().answer().isDone())) {
      Sent sent = underway.peek();
      Position position = answer(sent);
      underway.remove();
      patient = false;
      if (position != null) {
        works();
        sent.lane().acknowledge(position);
        cursors.put(sent.lane().stream().origin().id(), position);
      }
    }
  }

  private void works() {
    backoff.worked();
    problem = "";
  }

  /** Waits for one answer; null if the segment was refused, which concerns its stream alone. */
  private Position answer(Sent sent) throws IOException {
    try {
      return sent.answer().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + PATIENCE.toSeconds() + " seconds", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while waiting for an answer", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Destination.Refused refused) {
        sent.lane().stop(LogCode.REFUSED.line(name, refused.getMessage()));
        LOG.error("{}", sent.lane().problem());
        return null;
      }
      if (!sent.lane().problem().isEmpty()) {
        return null; // what was sent behind a segment that was refused
      }
      throw new IOException(e.getCause());
    }
  }

  private void failed(Exception e) {
    underway.clear();
    lanes.values().forEach(Lane::unknown);
    lanes.values().forEach(Lane::again);
    Throwable cause = e.getCause() instanceof IOException inner ? inner : e;
    String now = LogCode.NOT_REACHED.line(name, cause.toString());
    if (!now.equals(problem)) {
      LOG.warn("{}", now);
      LOG.debug("sending to {} failed", name, e);
    }
    problem = now;
    backoff.failed(clock.instant());
  }

  /** Asks the destination what it has of each stream, when nothing is under way. */
  List<Report.Gap> compare() throws IOException {
    settle();
    List<Origin> origins = lanes.values().stream().map(l -> l.stream().origin()).toList();
    return new Comparison(name, destination, cursors).of(origins);
  }

  /** What the destination refused for good. */
  List<Letter> dead() throws IOException {
    return destination.dead();
  }

  /** Tries that once more, or throws it away, and writes down what became of it. */
  Report.Replayed settleDead(boolean giveUp) throws IOException {
    List<Letter> letters = giveUp ? destination.giveUp() : destination.retry();
    recorder.letters(giveUp ? Evidence.Kind.GIVEN_UP : Evidence.Kind.RETRIED, letters);
    return new Report.Replayed(
        name, letters.stream().map(Letter::stream).distinct().count(), letters.size());
  }

  /** Sends from the local store what the destination lacks. */
  Report.Replayed replay(LocalStore store) throws IOException {
    settle();
    lanes.values().forEach(Lane::unknown);
    lanes.values().forEach(Lane::again);
    return new Replay(store, destination, cursors).run(name);
  }

  private void settle() throws IOException {
    while (!underway.isEmpty()) {
      reap(true);
    }
  }

  /** Lets go; what is under way counts as not sent. */
  void close() {
    lanes.values().forEach(Lane::close);
    try {
      reap(false);
      recorder.finish(lanes.values());
    } catch (IOException e) {
      LOG.warn("{}", LogCode.NOT_REACHED.line(name, e.getMessage()));
    }
    destination.close();
  }
}
