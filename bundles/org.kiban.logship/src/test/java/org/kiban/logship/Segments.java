package org.kiban.logship;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.Segment;
import org.kiban.logship.ship.SourceId;

/** Segments for tests. */
public final class Segments {

  private Segments() {}

  /** A file that began on 2026-11-23. */
  public static Origin origin(String digit) {
    return new Origin(
        new SourceId(digit.repeat(32)),
        "gyomu",
        "/var/log/gyomu.log",
        Instant.parse("2026-11-23T00:00:00Z"));
  }

  /** Plain lines that follow a position. */
  public static Segment plain(Origin origin, Position before, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    int lines = (int) text.chars().filter(c -> c == '\n').count();
    return new Segment(
        origin,
        before,
        before.offset() + body.length,
        lines,
        Segment.Form.PLAIN,
        body,
        body.length,
        null);
  }
}
