package org.kiban.node.reconcile;

import java.time.Duration;
import java.time.Instant;
import org.kiban.core.KibanException;

/**
 * Something the reconciler could not do and will try again. Immutable.
 *
 * @param problem what went wrong, for operators
 * @param attempts how often it was tried
 * @param next when it is tried again
 */
public record Failure(KibanException problem, int attempts, Instant next) {

  /** Waits 5 s after the first failure, twice as long after each more, 5 min at most. */
  static Duration pause(int attempts) {
    return Duration.ofSeconds(Math.min(300, 5L << Math.min(attempts - 1, 6)));
  }
}
