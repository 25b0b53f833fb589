package org.kiban.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MonotoneClockTest {

  @Test
  void never_goes_back_and_cuts_to_microseconds() {
    AtomicReference<Instant> system =
        new AtomicReference<>(Instant.ofEpochSecond(100, 123_456_789));
    MonotoneClock clock = new MonotoneClock(system::get);

    assertThat(clock.now()).isEqualTo(Instant.ofEpochSecond(100, 123_456_000));
    system.set(Instant.ofEpochSecond(50));
    assertThat(clock.now()).isEqualTo(Instant.ofEpochSecond(100, 123_456_000));
    system.set(Instant.ofEpochSecond(101));
    assertThat(clock.now()).isEqualTo(Instant.ofEpochSecond(101));
  }
}
