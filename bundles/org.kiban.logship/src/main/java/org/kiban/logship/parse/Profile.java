package org.kiban.logship.parse;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.kiban.core.KibanException;
import org.kiban.logship.Declaration;

/**
 * How the bytes of a source become events. Immutable.
 *
 * @param kind what an event is
 * @param charset what the source is written in
 * @param firstLine what an event's first line matches, for events of several lines
 * @param time how its time is written, if it has one that is to be read
 * @param timeField the field that holds the time, of JSON and CSV
 * @param messageField the field of JSON that is the message itself; empty if none is
 * @param columns names of the columns of CSV
 * @param separator between them
 */
public record Profile(
    Kind kind,
    Charset charset,
    Pattern firstLine,
    Optional<TimeReader> time,
    String timeField,
    String messageField,
    List<String> columns,
    char separator) {

  /** The keys of a declaration that belong here. */
  public static final Set<String> KEYS =
      Set.of(
          "profile",
          "charset",
          "first-line",
          "time",
          "time-field",
          "message-field",
          "zone",
          "columns",
          "separator");

  /** In these a line feed is always a line feed, never part of a character. */
  private static final List<String> CHARSETS =
      List.of("utf-8", "windows-31j", "shift_jis", "euc-jp", "iso-2022-jp", "iso-8859-1");

  private static final String ZONE = "Asia/Tokyo";

  /** Lines as they are, in UTF-8. */
  public static final Profile PLAIN =
      new Profile(
          Kind.PLAIN, StandardCharsets.UTF_8, null, Optional.empty(), "", "", List.of(), ',');

  /** Entries of systemd's journal, as JSON. */
  public static final Profile JOURNAL =
      new Profile(
          Kind.JSON,
          StandardCharsets.UTF_8,
          null,
          Optional.of(new TimeReader("epoch-microseconds", ZoneOffset.UTC)),
          "__REALTIME_TIMESTAMP",
          "MESSAGE",
          List.of(),
          ',');

  /** What an event is. */
  public enum Kind {
    /** A line. */
    PLAIN,
    /** A line that is an object of JSON. */
    JSON,
    /** A line of separated values. */
    CSV,
    /** A line and those after it that begin no event. */
    MULTI_LINE
  }

  /** Copies the list. */
  public Profile {
    columns = List.copyOf(columns);
  }

  /**
   * Reads what a source's declaration says.
   *
   * @throws KibanException if it cannot be used
   */
  public static Profile of(Declaration d) {
    Kind kind = kind(d);
    return new Profile(
        kind,
        charset(d),
        kind == Kind.MULTI_LINE ? pattern(d, "first-line", d.require("first-line")) : null,
        time(d, kind),
        d.find("time-field").orElse(""),
        d.find("message-field").orElse(""),
        kind == Kind.CSV ? List.of(d.require("columns").split(",")) : List.of(),
        separator(d));
  }

  /** Whether lines go out as they came in. */
  boolean isPlain() {
    return kind == Kind.PLAIN && time.isEmpty();
  }

  /**
   * A pattern of the configuration.
   *
   * @throws KibanException if it is none
   */
  public static Pattern pattern(Declaration d, String key, String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw d.bad(key, e.getDescription());
    }
  }

  private static Kind kind(Declaration d) {
    String word = d.find("profile").orElse("plain");
    for (Kind kind : Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word)) {
        return kind;
      }
    }
    throw d.bad("profile", "plain, json, csv, multi-line");
  }

  private static Charset charset(Declaration d) {
    String name = d.find("charset").orElse("utf-8").toLowerCase(Locale.ROOT);
    if (!CHARSETS.contains(name)) {
      throw d.bad("charset", String.join(", ", CHARSETS));
    }
    return Charset.forName(name);
  }

  private static Optional<TimeReader> time(Declaration d, Kind kind) {
    if (d.find("time").isEmpty()) {
      return Optional.empty();
    }
    if (kind == Kind.JSON || kind == Kind.CSV) {
      d.require("time-field");
    }
    ZoneId zone;
    try {
      zone = ZoneId.of(d.find("zone").orElse(ZONE));
    } catch (DateTimeException e) {
      throw d.bad("zone", ZONE + ", UTC");
    }
    try {
      return Optional.of(new TimeReader(d.require("time"), zone));
    } catch (IllegalArgumentException e) {
      throw d.bad(
          "time",
          "iso, epoch-seconds, epoch-milliseconds, epoch-microseconds, yyyy/MM/dd HH:mm:ss.SSS");
    }
  }

  private static char separator(Declaration d) {
    String text = d.find("separator").orElse(",");
    if (text.equals("tab")) {
      return '\t';
    }
    if (text.length() != 1) {
      throw d.bad("separator", "tab; , ; |");
    }
    return text.charAt(0);
  }
}
