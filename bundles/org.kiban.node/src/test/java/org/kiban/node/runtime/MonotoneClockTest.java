package org.kiban.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.kiban.core.ClockCheck;
import org.kiban.core.TrustedClock.Trust;

class MonotoneClockTest {

  @Test
  void never_goes_back_and_cuts_to_microseconds() {
    AtomicReference<Instant> system =
        new AtomicReference<>(Instant.ofEpochSecond(100, 123_456_789));
    MonotoneClock clock = new MonotoneClock(system::get, () -> null);

    assertThat(clock.now()).isEqualTo(Instant.ofEpochSecond(100, 123_456_000));
    system.set(Instant.ofEpochSecond(50));
    assertThat(clock.now()).isEqualTo(Instant.ofEpochSecond(100, 123_456_000));
    system.set(Instant.ofEpochSecond(101));
    assertThat(clock.now()).isEqualTo(Instant.ofEpochSecond(101));
  }

  @Test
  void says_that_nobody_compares() {
    MonotoneClock clock = new MonotoneClock(() -> Instant.EPOCH, () -> null);

    assertThat(clock.read().trust()).isEqualTo(Trust.UNTRUSTED);
    assertThat(clock.read().bound()).isEmpty();
  }

  @Test
  void the_bound_covers_the_time_that_it_was_held_still() {
    // given a clock that is right to a millisecond
    AtomicReference<Instant> system = new AtomicReference<>(Instant.ofEpochSecond(100));
    ClockCheck check =
        () -> new ClockCheck.Judgement(Optional.of(Duration.ofMillis(1)), Trust.TRUSTED);
    MonotoneClock clock = new MonotoneClock(system::get, () -> check);
    assertThat(clock.read().bound()).contains(Duration.ofMillis(1));

    // when it goes back by two seconds
    system.set(Instant.ofEpochSecond(98));

    assertThat(clock.read().now()).isEqualTo(Instant.ofEpochSecond(100));
    assertThat(clock.read().bound()).contains(Duration.ofMillis(2001));
  }
}
