package org.kiban.backup.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

  @Test
  void givenADailyTimeWhenItPassedThenItIsDueUntilTheJobHasBegun() {
    Schedule schedule = schedule("02:15");
    Instant yesterday = at("2026-11-22T02:15:00+09:00");
    assertThat(schedule.due(yesterday, at("2026-11-23T02:14:59+09:00"))).isEmpty();
    assertThat(schedule.due(yesterday, at("2026-11-23T02:15:00+09:00")))
        .contains(at("2026-11-23T02:15:00+09:00"));
    assertThat(schedule.due(at("2026-11-23T02:15:03+09:00"), at("2026-11-23T23:00:00+09:00")))
        .isEmpty();
  }

  @Test
  void givenManyMissedRunsWhenLookedAtThenOnlyTheNewestIsDue() {
    Schedule schedule = schedule("02:15", "14:15");
    assertThat(schedule.due(at("2026-11-01T00:00:00+09:00"), at("2026-11-23T15:00:00+09:00")))
        .contains(at("2026-11-23T14:15:00+09:00"));
  }

  @Test
  void givenDaysWhenAnotherDayThenNothingIsDue() {
    Schedule schedule = schedule("mon,thu 03:00");
    Instant monday = at("2026-11-23T03:00:00+09:00");
    assertThat(schedule.due(monday, at("2026-11-25T12:00:00+09:00"))).isEmpty();
    assertThat(schedule.due(monday, at("2026-11-26T03:00:00+09:00")))
        .contains(at("2026-11-26T03:00:00+09:00"));
  }

  @Test
  void givenAnIntervalWhenItPassedSinceTheLastBeginningThenItIsDue() {
    Schedule schedule = schedule("every 6h");
    Instant last = at("2026-11-23T00:00:00+09:00");
    assertThat(schedule.due(last, at("2026-11-23T05:59:59+09:00"))).isEmpty();
    assertThat(schedule.due(last, at("2026-11-23T06:00:00+09:00"))).isPresent();
  }

  @Test
  void givenNoWordsThenNothingIsEverDue() {
    assertThat(schedule().due(Instant.EPOCH, at("2026-11-23T06:00:00+09:00"))).isEmpty();
    assertThat(schedule().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"24:00", "2:15", "someday 02:15", "every 0h", "every 1d", "", "mon,"})
  void givenAWordThatIsNoneThenItIsNamed(String word) {
    assertThatThrownBy(() -> schedule(word))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(word);
  }

  private static Schedule schedule(String... words) {
    return new Schedule(List.of(words), TOKYO);
  }

  private static Instant at(String text) {
    return java.time.OffsetDateTime.parse(text).toInstant();
  }
}
