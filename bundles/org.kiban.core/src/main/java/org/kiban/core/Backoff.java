package org.kiban.core;

import java.time.Duration;
import java.time.Instant;

/** When to try again what failed: twice as late each time. Used by one thread at a time. */
public final class Backoff {

  private final Duration first;
  private final Duration longest;
  private Duration pause;
  private Instant next = Instant.MIN;

  /**
   * Nothing has failed yet.
   *
   * @param first pause after a failure
   * @param longest pause, however often it fails
   */
  public Backoff(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
    this.pause = first;
  }

  /** Whether it is time to try. */
  public boolean isOver(Instant now) {
    return !now.isBefore(next);
  }

  /** It failed: waits, longer than the time before. */
  public void failed(Instant now) {
    next = now.plus(pause);
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(longest) > 0 ? longest : twice;
  }

  /** It worked: the next failure is a first one again. */
  public void worked() {
    pause = first;
    next = Instant.MIN;
  }
}
