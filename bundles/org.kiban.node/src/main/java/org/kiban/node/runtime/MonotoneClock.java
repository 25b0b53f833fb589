package org.kiban.node.runtime;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.kiban.core.TrustedClock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The system's clock, held still while that goes backwards. */
@Component
public final class MonotoneClock implements TrustedClock {

  private final InstantSource source;
  private final AtomicReference<Instant> last = new AtomicReference<>(Instant.MIN);

  /** Reads the system's clock. */
  @Activate
  public MonotoneClock() {
    this(InstantSource.system());
  }

  MonotoneClock(InstantSource source) {
    this.source = source;
  }

  @Override
  public Instant now() {
    Instant now = source.instant().truncatedTo(ChronoUnit.MICROS);
    return last.accumulateAndGet(now, (old, newer) -> newer.isAfter(old) ? newer : old);
  }
}
