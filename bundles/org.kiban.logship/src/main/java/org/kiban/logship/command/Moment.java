package org.kiban.logship.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.logship.LogCode;

/** Points in time as operators type them. */
final class Moment {

  private static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");
  private static final int DATE = 10;

  private Moment() {}

  /**
   * Reads a date, a date with a time of day (both in Japan), or one with its offset.
   *
   * @param text null if nothing was typed
   */
  static Instant read(String text, Instant otherwise) {
    if (text == null) {
      return otherwise;
    }
    try {
      if (text.length() == DATE) {
        return LocalDate.parse(text).atStartOfDay(ZONE).toInstant();
      }
      return text.matches(".*(Z|[+-]\\d{2}:\\d{2})")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).atZone(ZONE).toInstant();
    } catch (DateTimeException e) {
      throw new KibanException(e, Outcome.USAGE, LogCode.BAD_TIME, text);
    }
  }
}
