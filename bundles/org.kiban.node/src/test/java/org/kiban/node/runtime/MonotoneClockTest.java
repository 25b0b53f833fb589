package org.kiban.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.kiban.core.ClockCheck;
import org.kiban.core.TrustedClock.Trust;

class MonotoneClockTest {

  @Test
  void never_goes_back_and_cuts_to_microseconds() {
    AtomicReference<Instant> system =
        new AtomicReference<>(Instant.ofEpochSecond(100, 123_456_789));
    MonotoneClock clock = new MonotoneClock(system::get, () -> 0, () -> null);

    assertThat(clock.now()).isEqualTo(Instant.ofEpochSecond(100, 123_456_000));
    system.set(Instant.ofEpochSecond(50));
    assertThat(clock.now()).isEqualTo(Instant.ofEpochSecond(100, 123_456_000));
    system.set(Instant.ofEpochSecond(101));
    assertThat(clock.now()).isEqualTo(Instant.ofEpochSecond(101));
  }

  @Test
  void says_that_nobody_compares() {
    MonotoneClock clock = new MonotoneClock(() -> Instant.EPOCH, () -> 0, () -> null);

    assertThat(clock.read().trust()).isEqualTo(Trust.UNTRUSTED);
    assertThat(clock.read().bound()).isEmpty();
  }

  @Test
  void the_bound_covers_how_far_the_systems_clock_went_back_and_nobody_trusts_it() {
    // given a clock that is right to a millisecond
    AtomicReference<Instant> system = new AtomicReference<>(Instant.ofEpochSecond(100));
    ClockCheck check =
        () -> new ClockCheck.Judgement(Optional.of(Duration.ofMillis(1)), Trust.TRUSTED);
    MonotoneClock clock = new MonotoneClock(system::get, () -> 0, () -> check);
    assertThat(clock.read().bound()).contains(Duration.ofMillis(1));

    // when it goes back by two seconds
    system.set(Instant.ofEpochSecond(98));

    assertThat(clock.read().now()).isEqualTo(Instant.ofEpochSecond(100));
    assertThat(clock.read().bound()).contains(Duration.ofMillis(2001));
    assertThat(clock.read().behind()).isEqualTo(Duration.ofSeconds(2));
    assertThat(clock.read().trust()).isEqualTo(Trust.UNTRUSTED);
  }

  @Test
  void after_a_jump_backwards_it_goes_on_at_half_speed_until_the_system_has_caught_up() {
    // given a clock that went back by ten seconds
    AtomicReference<Instant> system = new AtomicReference<>(Instant.ofEpochSecond(100));
    AtomicLong steady = new AtomicLong();
    MonotoneClock clock = new MonotoneClock(system::get, steady::get, () -> null);
    clock.now();
    system.set(Instant.ofEpochSecond(90));

    // when, then: whoever waits for a time does not wait for ever
    List<Instant> seen = new ArrayList<>();
    for (int second = 0; second < 22; second += 4) {
      seen.add(clock.now());
      steady.addAndGet(4_000_000_000L);
      system.updateAndGet(at -> at.plusSeconds(4));
    }
    assertThat(seen)
        .extracting(Instant::getEpochSecond)
        .containsExactly(100L, 102L, 104L, 106L, 108L, 110L);
    assertThat(clock.now()).isEqualTo(Instant.ofEpochSecond(114));
    assertThat(clock.read().behind()).isZero();
  }
}
