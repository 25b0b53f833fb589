package org.kiban.route.engine;

import java.time.Duration;
import java.time.Instant;

/** When to try again what failed: soon, then ever later. Used by one thread at a time. */
final class Backoff {

  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private Instant next = Instant.EPOCH;
  private Duration pause = FIRST;

  boolean due(Instant now) {
    return !now.isBefore(next);
  }

  void failed(Instant now) {
    next = now.plus(pause);
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
  }

  void reset() {
    next = Instant.EPOCH;
    pause = FIRST;
  }
}
