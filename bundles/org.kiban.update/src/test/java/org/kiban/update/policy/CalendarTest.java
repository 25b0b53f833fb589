package org.kiban.update.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarTest {

  private static Calendar node(String... windows) {
    return new Calendar("Asia/Tokyo", List.of(windows), List.of(), List.of());
  }

  private static Instant tokyo(String time) {
    return Instant.parse(time + ":00+09:00");
  }

  @ParameterizedTest
  @CsvSource({
    "daily 01:00-05:00, 2026-11-23T01:00, true",
    "daily 01:00-05:00, 2026-11-23T04:59, true",
    "daily 01:00-05:00, 2026-11-23T05:00, false",
    "daily 01:00-05:00, 2026-11-23T00:59, false",
    "sun 22:00-05:00, 2026-11-22T22:00, true",
    "sun 22:00-05:00, 2026-11-23T04:59, true",
    "sun 22:00-05:00, 2026-11-22T04:59, false",
    "'sat,sun 01:00-05:00', 2026-11-21T02:00, true",
    "'sat,sun 01:00-05:00', 2026-11-23T02:00, false",
    "sun#2 01:00-05:00, 2026-11-08T02:00, true",
    "sun#2 01:00-05:00, 2026-11-01T02:00, false",
    "sun#2 01:00-05:00, 2026-11-15T02:00, false",
    "2026-12-29 09:00-17:00, 2026-12-29T12:00, true",
    "2026-12-29 09:00-17:00, 2026-12-30T12:00, false"
  })
  void aWindowIsOpenFromItsFirstToBeforeItsLastMinute(String window, String at, boolean open) {
    assertThat(node(window).isOpen(tokyo(at))).isEqualTo(open);
  }

  @Test
  void everyMunicipalityThatHasWindowsMustAgree() {
    Calendar calendar =
        new Calendar(
            "Asia/Tokyo",
            List.of("daily 22:00-06:00"),
            List.of(
                "332020 sat,sun 00:00-05:00", "332020 wed 23:00-23:30", "131156 daily 04:00-07:00"),
            List.of());

    assertThat(calendar.opens(tokyo("2026-11-23T12:00"))).contains(tokyo("2026-11-28T04:00"));
    assertThat(calendar.closes(tokyo("2026-11-28T04:00"))).contains(tokyo("2026-11-28T05:00"));
  }

  @Test
  void closedDaysHaveNoWindow() {
    Calendar calendar =
        new Calendar(
            "Asia/Tokyo",
            List.of("daily 01:00-05:00"),
            List.of(),
            List.of("2027-03-25..2027-04-05", "2027-04-07"));

    assertThat(calendar.opens(tokyo("2027-03-24T05:00"))).contains(tokyo("2027-04-06T01:00"));
    assertThat(calendar.opens(tokyo("2027-04-06T05:00"))).contains(tokyo("2027-04-08T01:00"));
  }

  @Test
  void aWindowOverMidnightEndsWhereAClosedDayBegins() {
    Calendar calendar =
        new Calendar("Asia/Tokyo", List.of("daily 22:00-05:00"), List.of(), List.of("2026-12-01"));

    assertThat(calendar.closes(tokyo("2026-11-30T23:00"))).contains(tokyo("2026-12-01T00:00"));
  }

  @Test
  void withoutWindowsNoneOpens() {
    assertThat(node().opens(tokyo("2026-11-23T12:00"))).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "daily",
        "daily 1:00-5:00",
        "daily 01:00-24:00",
        "someday 01:00-05:00",
        "sun#6 01:00-05:00",
        "daily 01:00-01:00",
        "2026-02-30 01:00-05:00",
        "sun, 01:00-05:00"
      })
  void whatIsNoWindowIsRefusedAsItWasWritten(String text) {
    assertThatThrownBy(() -> node(text)).hasMessage(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2027-02-30", "2027-04-05..2027-04-01", "a..b", "2027-01-01..2027-01-02..3"})
  void whatIsNoDayIsRefused(String text) {
    assertThatThrownBy(() -> new Calendar("Asia/Tokyo", List.of(), List.of(), List.of(text)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
