package org.kiban.core;

import java.time.Duration;
import java.util.Optional;

/**
 * Compares the system's clock with others. An OSGi service, there while time is watched; the node's
 * {@link TrustedClock} asks it. Safe for any thread, does not block.
 */
@FunctionalInterface
public interface ClockCheck {

  /**
   * What is known of the system's clock at this moment.
   *
   * @param bound the most that it differs from the true time; empty if nobody knows
   * @param trust how far to believe it
   */
  record Judgement(Optional<Duration> bound, TrustedClock.Trust trust) {}

  /** Judges the system's clock as it is now. */
  Judgement judge();
}
