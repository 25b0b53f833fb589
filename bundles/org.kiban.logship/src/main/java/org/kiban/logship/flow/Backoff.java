package org.kiban.logship.flow;

import java.time.Duration;
import java.time.Instant;

/** When to try again: twice as late each time, up to a minute. For one thread. */
final class Backoff {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private Duration pause = FIRST;
  private Instant next = Instant.MIN;

  boolean isOver(Instant now) {
    return !now.isBefore(next);
  }

  void failed(Instant now) {
    next = now.plus(pause);
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
  }

  void worked() {
    pause = FIRST;
    next = Instant.MIN;
  }
}
