package org.kiban.node.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.kiban.core.ClockCheck;
import org.kiban.core.TrustedClock;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The system's clock, at half speed while that has gone backwards; what can be promised of it says
 * whoever compares it with others, if somebody does.
 */
@Component
public final class MonotoneClock implements TrustedClock {

  private static final ClockCheck NOBODY =
      () -> new ClockCheck.Judgement(Optional.empty(), Trust.UNTRUSTED);

  private final InstantSource source;
  private final LongSupplier steady;
  private final Supplier<ClockCheck> check;
  private final Runnable close;
  private Instant last = Instant.MIN;
  private long seen;

  /** Reads the system's clock. */
  @Activate
  public MonotoneClock(BundleContext context) {
    // A tracker, because whoever holds this clock must not start anew when a check comes or goes.
    ServiceTracker<ClockCheck, ClockCheck> checks =
        new ServiceTracker<>(context, ClockCheck.class, null);
    checks.open();
    this.source = InstantSource.system();
    this.steady = System::nanoTime;
    this.seen = steady.getAsLong();
    this.check = checks::getService;
    this.close = checks::close;
  }

  MonotoneClock(InstantSource source, LongSupplier steady, Supplier<ClockCheck> check) {
    this.source = source;
    this.steady = steady;
    this.seen = steady.getAsLong();
    this.check = check;
    this.close = () -> {};
  }

  /** Asks nobody any more. */
  @Deactivate
  public void deactivate() {
    close.run();
  }

  @Override
  public Instant now() {
    return tick().now();
  }

  @Override
  public Reading read() {
    ClockCheck.Judgement judged = Optional.ofNullable(check.get()).orElse(NOBODY).judge();
    Tick tick = tick();
    return new Reading(
        tick.now(),
        judged.bound().map(tick.behind()::plus),
        tick.behind().isZero() ? judged.trust() : Trust.UNTRUSTED,
        tick.behind());
  }

  private record Tick(Instant now, Duration behind) {}

  private synchronized Tick tick() {
    Instant system = source.instant();
    long passed = steady.getAsLong() - seen;
    seen += passed;
    Instant held = last.plusNanos(passed / 2);
    boolean back = held.isAfter(system);
    last = back ? held : system;
    Instant now = last.truncatedTo(ChronoUnit.MICROS);
    return new Tick(now, back ? Duration.between(system, last) : Duration.ZERO);
  }
}
