package org.kiban.core;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The node's time for ledgers and audit. An OSGi service. Never goes backwards between two calls
 * within one run of the node: when the system's clock does, it goes on at half speed until that has
 * caught up, so that whoever waits for a time waits twice as long and not for ever. Safe for any
 * thread, does not block.
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
   * @param behind how far the system's clock is behind {@code now}: it went backwards; zero else
   */
  record Reading(Instant now, Optional<Duration> bound, Trust trust, Duration behind) {

    /** The bound in milliseconds; null if nobody knows. */
    public Double boundMilliseconds() {
      return bound.map(b -> b.toNanos() / 1e6).orElse(null);
    }

    /**
     * What a record says of its time, by the names of its fields: {@code trust}, and if there are
     * any {@code bound-milliseconds} and {@code behind-milliseconds}.
     */
    public Map<String, Object> facts() {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("trust", trust.name().toLowerCase(Locale.ROOT));
      bound.ifPresent(b -> facts.put("bound-milliseconds", boundMilliseconds()));
      if (!behind.isZero()) {
        facts.put("behind-milliseconds", behind.toNanos() / 1e6);
      }
      return facts;
    }
  }

  /** Returns the time now, UTC, to the microsecond; never before an earlier answer. */
  Instant now();

  /** Returns the time now with its bound and state. */
  default Reading read() {
    return new Reading(now(), Optional.empty(), Trust.UNTRUSTED, Duration.ZERO);
  }
}
