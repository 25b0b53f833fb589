package org.kiban.backup.tree;

import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** A moment to the nanosecond, written as other tools of the format do: in the local zone. */
public record Time(long seconds, int nanos) {

  private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST = Instant.parse("9999-12-31T00:00:00Z").getEpochSecond();

  /** Of a file. */
  public static Time of(FileTime time) {
    Instant instant = time.toInstant();
    long seconds = Math.max(FIRST, Math.min(LAST, instant.getEpochSecond()));
    return new Time(seconds, instant.getNano());
  }

  static Time parse(String text) throws DateTimeException {
    OffsetDateTime time = OffsetDateTime.parse(text);
    return new Time(time.toEpochSecond(), time.getNano());
  }

  /** As an instant. */
  public Instant instant() {
    return Instant.ofEpochSecond(seconds, nanos);
  }

  String text(ZoneId zone) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(OffsetDateTime.ofInstant(instant(), zone));
  }
}
