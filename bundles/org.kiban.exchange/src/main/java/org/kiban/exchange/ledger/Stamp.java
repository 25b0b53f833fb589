package org.kiban.exchange.ledger;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.kiban.core.TrustedClock;
import org.kiban.core.TrustedClock.Trust;
import org.kiban.exchange.api.TimeView;

/**
 * What an entry says of its own time, beside {@link LedgerEvent#at()}. Microseconds; entries of
 * before this was written have none of it.
 *
 * @param at the entry's time
 * @param trust trusted, holdover or untrusted; null in old entries
 * @param bound how far the true time may be from it; null if nobody knew
 * @param behind how far the system's clock was behind it, because it went backwards; null if it did
 *     not
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Stamp(
    @JsonProperty("at") long at,
    @JsonProperty(TRUST) String trust,
    @JsonProperty(BOUND) Long bound,
    @JsonProperty(BEHIND) Long behind) {

  static final String TRUST = "trust";
  static final String BOUND = "bound";
  static final String BEHIND = "behind";

  private static final double MILLI = 1e3;

  /**
   * The time now, not before that of the entry before: the clock may have gone backwards while the
   * node was down, too.
   */
  static Stamp now(TrustedClock clock, long notBefore) {
    TrustedClock.Reading reading = clock.read();
    long now = LedgerEvent.micros(reading.now());
    Duration waits = Duration.between(reading.now(), instant(Math.max(now, notBefore)));
    Duration behind = reading.behind().plus(waits);
    Trust trust = behind.isZero() ? reading.trust() : Trust.UNTRUSTED;
    return new Stamp(
        Math.max(now, notBefore),
        trust.name().toLowerCase(Locale.ROOT),
        reading.bound().map(b -> micros(b.plus(waits))).orElse(null),
        behind.isZero() ? null : micros(behind));
  }

  TimeView view() {
    return new TimeView(
        trust, bound == null ? null : bound / MILLI, behind == null ? null : behind / MILLI);
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** Rounded up: a bound is never told too small. */
  private static long micros(Duration duration) {
    return (duration.toNanos() + 999) / 1000;
  }
}
