package org.kiban.platform.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kiban.platform.remote.Bandwidth.Window;

/** How fast it goes at which time of day. */
class BandwidthTest {

  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

  private Instant now;

  private Bandwidth limits(String at, String... windows) {
    now = Instant.parse("2026-04-01T" + at + "+09:00");
    return new Bandwidth(
        List.of(windows).stream().map(Window::parse).toList(),
        () -> now,
        TOKYO,
        time -> now = now.plus(time));
  }

  private Duration sending(Bandwidth bandwidth, int kib) throws Exception {
    Instant begun = now;
    for (int i = 0; i < kib / 32; i++) {
      bandwidth.take(Throttle.SLICE);
    }
    return Duration.between(begun, now);
  }

  @Test
  void in_office_hours_it_is_slow_and_at_night_it_is_free() throws Exception {
    String[] windows = {"08:30-17:15 1024", "17:15-22:00 4096"};
    assertThat(sending(limits("09:00:00", windows), 10_240))
        .isBetween(Duration.ofMillis(9_900), Duration.ofSeconds(10));
    assertThat(sending(limits("18:00:00", windows), 10_240))
        .isBetween(Duration.ofMillis(2_400), Duration.ofMillis(2_500));
    assertThat(sending(limits("23:00:00", windows), 10_240)).isZero();
  }

  @Test
  void the_limit_changes_while_something_is_sent() throws Exception {
    Bandwidth bandwidth = limits("17:14:50", "08:30-17:15 1024");

    assertThat(sending(bandwidth, 1_000_000))
        .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
  }

  @Test
  void a_window_may_go_over_midnight_or_all_day() throws Exception {
    assertThat(sending(limits("23:30:00", "22:00-06:00 1024"), 1024)).isPositive();
    assertThat(sending(limits("05:59:00", "22:00-06:00 1024"), 1024)).isPositive();
    assertThat(sending(limits("06:00:00", "22:00-06:00 1024"), 1024)).isZero();
    assertThat(sending(limits("12:00:00", "00:00-00:00 1024"), 1024)).isPositive();
    assertThat(sending(limits("12:00:00", "11:00-13:00 0", "00:00-00:00 1024"), 1024)).isZero();
  }

  @Test
  void a_pause_saves_nothing_up() throws Exception {
    Bandwidth bandwidth = limits("09:00:00", "08:00-18:00 1024");
    sending(bandwidth, 1024);
    now = now.plusSeconds(3600);

    assertThat(sending(bandwidth, 10_240)).isGreaterThan(Duration.ofMillis(9_900));
  }

  @Test
  void a_window_is_what_is_written() {
    assertThat(Window.parse("08:30-17:15 2048"))
        .isEqualTo(new Window(LocalTime.of(8, 30), LocalTime.of(17, 15), 2048 * 1024));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "2048", "08:30-25:00 1", "8:30-17:00 1", "08:30-17:00", "08:30-17:00 -1"})
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> Window.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
