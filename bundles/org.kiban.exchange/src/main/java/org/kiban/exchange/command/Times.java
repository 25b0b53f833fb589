package org.kiban.exchange.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.exchange.engine.LinkageMessage;

/** Times as an operator types them: a day, a local time, an instant, or a span before now. */
final class Times {

  private Times() {}

  static Instant parse(String text) {
    if (text == null) {
      return null;
    }
    try {
      if (text.matches("[0-9]+[smh]")) {
        return Instant.now().minus(Duration.parse("PT" + text));
      }
      if (text.matches("[0-9]+d")) {
        return Instant.now().minus(Duration.parse("P" + text));
      }
      if (text.endsWith("Z")) {
        return Instant.parse(text);
      }
      ZoneId zone = ZoneId.systemDefault();
      return text.contains("T")
          ? LocalDateTime.parse(text).atZone(zone).toInstant()
          : LocalDate.parse(text).atStartOfDay(zone).toInstant();
    } catch (DateTimeException e) {
      throw new KibanException(e, Outcome.USAGE, LinkageMessage.BAD_TIME, text);
    }
  }
}
