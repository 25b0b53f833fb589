package org.kiban.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kiban.core.KibanException;

class TimesTest {

  private static final Instant NOW = Instant.parse("2026-04-02T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2026-04-01, 2026-03-31T15:00:00Z",
    "2026-04-01T09:30, 2026-04-01T00:30:00Z",
    "2026-04-01T09:30:00Z, 2026-04-01T09:30:00Z",
    "2026-04-01T09:30:00+05:00, 2026-04-01T04:30:00Z",
    "30m, 2026-04-01T23:30:00Z",
    "90s, 2026-04-01T23:58:30Z",
    "12h, 2026-04-01T12:00:00Z",
    "1d, 2026-04-01T00:00:00Z"
  })
  void readsWhatOperatorsType(String text, Instant expected) {
    assertThat(Times.parse(text, () -> NOW)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "2026-13-01", "1w", "2026-04-01T25:00", ""})
  void refusesAnythingElseByCode(String text) {
    assertThatThrownBy(() -> Times.parse(text))
        .isInstanceOfSatisfying(
            KibanException.class, e -> assertThat(e.code()).isEqualTo(ShellMessage.BAD_TIME));
  }

  @Test
  void nothingTypedIsNoTime() {
    assertThat(Times.parse(null)).isNull();
  }
}
