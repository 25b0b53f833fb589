package org.kiban.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The node's time for ledgers and audit. An OSGi service. Never goes backwards between two calls
 * within one run of the node, even when the system's clock does. Safe for any thread, does not
 * block.
 */
@FunctionalInterface
public interface TrustedClock {

  /** How far the time can be believed. */
  enum Trust {
    /** A majority of independent sources agreed lately, and the bound is within the limit. */
    TRUSTED,
    /** They did a while ago; the bound has grown since and is still within the limit. */
    HOLDOVER,
    /** Nobody compares, no majority agrees, the bound is beyond the limit, or the clock jumped. */
    UNTRUSTED
  }

  /**
   * The time and what can be promised of it.
   *
   * @param now the time, as {@link TrustedClock#now} gives it
   * @param bound the true time is not further from {@code now} than this, as long as fewer than
   *     half of the sources lie; empty if nobody knows
   * @param trust how far to believe it
   */
  record Reading(Instant now, Optional<Duration> bound, Trust trust) {}

  /** Returns the time now, UTC, to the microsecond; never before an earlier answer. */
  Instant now();

  /** Returns the time now with its bound and state. */
  default Reading read() {
    return new Reading(now(), Optional.empty(), Trust.UNTRUSTED);
  }
}
