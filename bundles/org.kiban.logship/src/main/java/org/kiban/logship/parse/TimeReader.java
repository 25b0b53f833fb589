package org.kiban.logship.parse;

import java.math.BigDecimal;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/** Reads the time that an event carries. Immutable; safe for any thread. */
public final class TimeReader {

  private static final int NANO_DIGITS = 9;
  private static final Instant SAMPLE = Instant.parse("2026-11-23T12:34:56Z");

  private final ZoneId zone;
  private final DateTimeFormatter formatter;
  private final int epochDigits;

  /**
   * @param format {@code iso}, {@code epoch-seconds}, {@code epoch-milliseconds}, {@code
   *     epoch-microseconds}, or a pattern of {@link DateTimeFormatter} with a date and a time of
   *     day
   * @param zone of times that name none
   * @throws IllegalArgumentException if it is no such pattern
   */
  public TimeReader(String format, ZoneId zone) {
    this.zone = zone;
    this.epochDigits =
        switch (format) {
          case "epoch-milliseconds" -> 3;
          case "epoch-microseconds" -> 6;
          default -> 0;
        };
    this.formatter =
        switch (format) {
          case "iso" ->
              new DateTimeFormatterBuilder()
                  .append(DateTimeFormatter.ISO_LOCAL_DATE)
                  .appendPattern("['T'][' ']")
                  .append(DateTimeFormatter.ISO_LOCAL_TIME)
                  .appendPattern("[XXX][XX][X]")
                  .toFormatter(Locale.ROOT);
          case "epoch-seconds", "epoch-milliseconds", "epoch-microseconds" -> null;
          default -> DateTimeFormatter.ofPattern(format, Locale.ENGLISH);
        };
    check(format);
  }

  /** A pattern that cannot read back what it writes, such as one without a day, reads nothing. */
  private void check(String format) {
    try {
      if (formatter != null) {
        calendar(formatter.format(SAMPLE.atZone(zone)));
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no date and time of day in " + format, e);
    }
  }

  /**
   * Reads the time that a text begins with.
   *
   * @return nothing if it begins with none
   */
  public Optional<Instant> read(String text) {
    try {
      return Optional.of(formatter == null ? epoch(text) : calendar(text));
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Instant calendar(String text) {
    TemporalAccessor found = formatter.parse(text, new ParsePosition(0));
    return found.isSupported(ChronoField.INSTANT_SECONDS)
        ? Instant.from(found)
        : LocalDateTime.from(found).atZone(zone).toInstant();
  }

  private Instant epoch(String text) {
    BigDecimal seconds = new BigDecimal(text.strip()).movePointLeft(epochDigits);
    return Instant.ofEpochSecond(
        seconds.toBigInteger().longValueExact(),
        seconds
            .remainder(BigDecimal.ONE)
            .movePointRight(NANO_DIGITS)
            .toBigInteger()
            .longValueExact());
  }
}
