package org.kiban.logship.source;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Where an entry stands in the journal of systemd, as its cursor says.
 *
 * @param sequence names what counted the entries
 * @param number of the entry in that count
 * @param time when it was written
 */
record JournalCursor(String sequence, long number, Instant time) {

  private static final int HEXADECIMAL = 16;
  private static final long MICROS = 1_000_000;

  /**
   * Reads one; what it does not say is zero.
   *
   * @param text such as {@code s=…;i=…;b=…;m=…;t=…;x=…}
   */
  static JournalCursor parse(String text) {
    Map<String, String> parts = new HashMap<>();
    for (String part : text.split(";")) {
      int sign = part.indexOf('=');
      parts.put(part.substring(0, Math.max(0, sign)), part.substring(sign + 1));
    }
    long micros = number(parts, "t");
    return new JournalCursor(
        parts.getOrDefault("s", ""),
        number(parts, "i"),
        Instant.ofEpochSecond(micros / MICROS, micros % MICROS * 1000));
  }

  private static long number(Map<String, String> parts, String key) {
    return Long.parseUnsignedLong(parts.getOrDefault(key, "0"), HEXADECIMAL);
  }

  /** Whether the other entry is the very next one. */
  boolean isBefore(JournalCursor next) {
    return sequence.equals(next.sequence) && next.number == number + 1;
  }

  /** What lies between this entry and a later one, in words. */
  String until(JournalCursor next) {
    return sequence.equals(next.sequence)
        ? "%s to %s, at most %d entries".formatted(time, next.time, next.number - number - 1)
        : "%s to %s".formatted(time, next.time);
  }
}
