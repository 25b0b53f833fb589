package org.kiban.node.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.kiban.core.ClockCheck;
import org.kiban.core.TrustedClock;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The system's clock, held still while that goes backwards; what can be promised of it says whoever
 * compares it with others, if somebody does.
 */
@Component
public final class MonotoneClock implements TrustedClock {

  private static final ClockCheck NOBODY =
      () -> new ClockCheck.Judgement(Optional.empty(), Trust.UNTRUSTED);

  private final InstantSource source;
  private final Supplier<ClockCheck> check;
  private final Runnable close;
  private final AtomicReference<Instant> last = new AtomicReference<>(Instant.MIN);

  /** Reads the system's clock. */
  @Activate
  public MonotoneClock(BundleContext context) {
    // A tracker, because whoever holds this clock must not start anew when a check comes or goes.
    ServiceTracker<ClockCheck, ClockCheck> checks =
        new ServiceTracker<>(context, ClockCheck.class, null);
    checks.open();
    this.source = InstantSource.system();
    this.check = checks::getService;
    this.close = checks::close;
  }

  MonotoneClock(InstantSource source, Supplier<ClockCheck> check) {
    this.source = source;
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
    return held(source.instant());
  }

  @Override
  public Reading read() {
    ClockCheck.Judgement judged = Optional.ofNullable(check.get()).orElse(NOBODY).judge();
    Instant system = source.instant();
    Instant now = held(system);
    Duration apart = Duration.between(system, now).abs();
    return new Reading(now, judged.bound().map(apart::plus), judged.trust());
  }

  private Instant held(Instant system) {
    Instant now = system.truncatedTo(ChronoUnit.MICROS);
    return last.accumulateAndGet(now, (old, newer) -> newer.isAfter(old) ? newer : old);
  }
}
