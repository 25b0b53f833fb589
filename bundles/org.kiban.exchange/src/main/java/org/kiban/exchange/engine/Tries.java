package org.kiban.exchange.engine;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.kiban.core.TrustedClock;
import org.kiban.exchange.api.DeliveryView.ConsumerView;
import org.kiban.exchange.ledger.Delivery;

/**
 * Remembers which ways out failed, and how long each is left alone: twice as long each time. Safe
 * for any thread.
 */
final class Tries {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final TrustedClock clock;
  private final Problems problems;
  private final Map<String, Pause> pauses = new ConcurrentHashMap<>();
  private final Map<String, ConsumerView> attempts = new ConcurrentHashMap<>();

  private record Pause(Instant until, Duration length) {}

  Tries(TrustedClock clock, Problems problems) {
    this.clock = clock;
    this.problems = problems;
  }

  /** The name of a way out. */
  static String route(String line, String consumer) {
    return line + "→" + consumer;
  }

  /** A try to bring a delivery by a way out failed. */
  void failed(String route, Delivery d, String line, String consumer, IOException e) {
    // A name that is taken is that file's trouble alone; all else is the way out's.
    boolean taken = e instanceof FileAlreadyExistsException;
    String reason = taken ? "a file of that name still lies there" : Problems.reason(e);
    String what = taken ? route + d.id() : route;
    attempts.compute(
        d.id() + route,
        (k, before) ->
            new ConsumerView(
                consumer,
                "",
                null,
                clock.now(),
                before == null ? 1 : before.attempts() + 1,
                reason));
    problems.note("out:" + what, LinkageMessage.OUTBOUND_FAILED, line, consumer, reason);
    pauses.compute(what, (k, before) -> longer(before));
  }

  private Pause longer(Pause before) {
    if (before != null && clock.now().isBefore(before.until())) {
      return before;
    }
    Duration length = before == null ? FIRST_PAUSE : before.length().multipliedBy(2);
    length = length.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : length;
    return new Pause(clock.now().plus(length), length);
  }

  /** A delivery went by a way out, or needs it no more. */
  void worked(String route, Delivery d) {
    for (String what : List.of(route, route + d.id())) {
      if (pauses.remove(what) != null) {
        problems.clear("out:" + what);
      }
    }
    attempts.remove(d.id() + route);
  }

  /** Whether a way out is left alone now. */
  boolean waits(String what) {
    Pause pause = pauses.get(what);
    return pause != null && clock.now().isBefore(pause.until());
  }

  /** Whether a way out is left alone now, at least with this delivery. */
  boolean waits(String route, Delivery d) {
    return waits(route) || waits(route + d.id());
  }

  /** Ends every pause: an operator asked to try now. */
  void tryNow() {
    pauses.replaceAll((what, pause) -> new Pause(Instant.MIN, pause.length()));
  }

  /** Failed tries of a delivery by consumer. */
  Map<String, ConsumerView> of(Delivery d) {
    Map<String, ConsumerView> found = new HashMap<>();
    for (String consumer : d.consumers().keySet()) {
      ConsumerView view = attempts.get(d.id() + route(d.source().line(), consumer));
      if (view != null) {
        found.put(consumer, view);
      }
    }
    return found;
  }
}
