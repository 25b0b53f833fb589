package org.kiban.logship.receive;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.kiban.logship.destination.SegmentFrames;
import org.kiban.logship.frame.Frame;
import org.kiban.logship.frame.FrameStore;
import org.kiban.logship.frame.Lane;
import org.kiban.logship.frame.Place;
import org.kiban.logship.ship.Destination;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.Segment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on to one destination what a store holds, in the order in which it came. The destination
 * knows how far it has each lane, so a repeat after a crash is skipped over there or here.
 */
final class Forwarder implements Closeable {

  /** Where it remembers how far the destination has the store; a hint that may be old. */
  interface Memory {
    Place load() throws IOException;

    void save(Place place) throws IOException;
  }

  private record Sent(Place after, Lane lane, CompletableFuture<Position> answer) {}

  private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);
  private static final int UNDER_WAY = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long IDLE_MILLISECONDS = 500;
  private static final long LONGEST_WAIT_MILLISECONDS = 60_000;

  private final String name;
  private final FrameStore store;
  private final Destination destination;
  private final Memory memory;
  private final Thread thread;
  private final Map<Lane, Position> positions = new HashMap<>();
  private final Set<Lane> refused = new HashSet<>();
  private final Deque<Sent> underWay = new ArrayDeque<>();
  private volatile Place done = Place.START;
  private volatile String problem = "";
  private volatile boolean stopped;

  /** Begins at once. */
  Forwarder(String name, FrameStore store, Destination destination, Memory memory)
      throws IOException {
    this.name = name;
    this.store = store;
    this.destination = destination;
    this.memory = memory;
    this.done = memory.load();
    this.thread = new Thread(this::work, "kiban-logship-forward-" + name);
    thread.start();
  }

  /** Everything before this place has arrived. */
  Place done() {
    return done;
  }

  /** What keeps it from going on; empty if nothing does. */
  String problem() {
    return problem;
  }

  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    destination.close();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    long wait = IDLE_MILLISECONDS;
    while (!stopped) {
      try {
        pass();
        problem = refused.isEmpty() ? "" : refused.size() + " sources are refused";
        wait = IDLE_MILLISECONDS;
      } catch (IOException | RuntimeException e) {
        again(e);
        wait = Math.min(LONGEST_WAIT_MILLISECONDS, wait * 2);
      }
      pause(wait);
    }
  }

  private void again(Exception cause) {
    if (!stopped && !String.valueOf(cause.getMessage()).equals(problem)) {
      problem = String.valueOf(cause.getMessage());
      LOG.warn("{}: what was received is not passed on: {}", name, problem);
    }
    underWay.clear();
    positions.clear();
  }

  private void pass() throws IOException {
    Place from = done;
    store.read(from, this::forward);
    while (!underWay.isEmpty()) {
      settle();
    }
    if (!done.equals(from)) {
      memory.save(done);
    }
  }

  private void forward(Place after, Frame frame) throws IOException {
    if (stopped) {
      throw new IOException("stopped");
    }
    boolean wanted =
        frame.lane().kind().equals(SegmentFrames.KIND) && !refused.contains(frame.lane());
    CompletableFuture<Position> answer =
        wanted ? send(frame) : CompletableFuture.completedFuture(null);
    underWay.add(new Sent(after, frame.lane(), answer));
    while (underWay.size() > UNDER_WAY || !underWay.isEmpty() && underWay.peek().answer.isDone()) {
      settle();
    }
  }

  private CompletableFuture<Position> send(Frame frame) throws IOException {
    Segment segment = SegmentFrames.unpack(frame);
    Position there = positions.get(frame.lane());
    if (there == null) {
      there = destination.position(segment.origin(), segment.before());
    }
    if (there.offset() >= segment.after().offset() && there.events() >= segment.after().events()) {
      positions.put(frame.lane(), there);
      return CompletableFuture.completedFuture(there);
    }
    if (!there.equals(segment.before())) {
      return CompletableFuture.failedFuture(
          new Destination.Refused("it has the source up to " + there.offset()));
    }
    positions.put(frame.lane(), segment.after());
    return destination.send(segment);
  }

  private void settle() throws IOException {
    Sent sent = underWay.peek();
    try {
      sent.answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof Destination.Refused)) {
        throw new IOException(e.getCause().getMessage(), e.getCause());
      }
      // One source that is refused for good must not hold up the others.
      LOG.error("{}: {} of {} is refused", name, sent.lane.key(), sent.lane.origin(), e.getCause());
      refused.add(sent.lane);
    } catch (TimeoutException e) {
      throw new IOException("no acknowledgement within " + PATIENCE.toMinutes() + " minutes", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped", e);
    }
    underWay.remove();
    done = sent.after;
  }

  private void pause(long milliseconds) {
    try {
      synchronized (this) {
        if (!stopped) {
          wait(milliseconds);
        }
      }
    } catch (InterruptedException e) {
      stopped = true;
    }
  }
}
