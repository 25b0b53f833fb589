package org.kiban.shell;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/** Times as operators type them. Pure functions. */
public final class Times {

  private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

  private Times() {}

  /**
   * Reads a day or a time of day in Japan ({@code 2026-04-01}, {@code 2026-04-01T09:00}), a time
   * with its offset, or a span before now ({@code 30m}, {@code 12h}, {@code 7d}).
   *
   * @param text null gives null
   * @throws KibanException (usage) if it is none of these
   */
  public static Instant parse(String text) {
    return text == null ? null : parse(text, InstantSource.system());
  }

  static Instant parse(String text, InstantSource clock) {
    try {
      if (text.matches("[0-9]+[smhd]")) {
        Duration span = Duration.parse(text.endsWith("d") ? "P" + text : "PT" + text);
        return clock.instant().minus(span);
      }
      if (text.matches(".*T.*(Z|[+-][0-9]{2}:[0-9]{2})")) {
        return OffsetDateTime.parse(text).toInstant();
      }
      return text.contains("T")
          ? LocalDateTime.parse(text).atZone(JAPAN).toInstant()
          : LocalDate.parse(text).atStartOfDay(JAPAN).toInstant();
    } catch (DateTimeException e) {
      throw new KibanException(e, Outcome.USAGE, ShellMessage.BAD_TIME, text);
    }
  }
}
