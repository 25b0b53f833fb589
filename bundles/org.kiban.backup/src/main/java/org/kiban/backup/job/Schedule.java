package org.kiban.backup.job;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a job begins: words such as {@code 02:15}, {@code mon,thu 03:00} or {@code every 6h}. A
 * local time that a change of the clock leaves out is the first one after it.
 */
public final class Schedule {

  private static final Pattern TIME = Pattern.compile("(?:([a-z,]+) )?([01]\\d|2[0-3]):([0-5]\\d)");
  private static final Pattern EVERY = Pattern.compile("every ([1-9]\\d{0,2})([mh])");
  private static final int WEEK = 8;

  private final List<Daily> daily = new ArrayList<>();
  private final ZoneId zone;
  private long everySeconds;

  private record Daily(Set<DayOfWeek> days, LocalTime time) {}

  /**
   * @param words as an operator writes them; none means never
   * @param zone of the times
   * @throws IllegalArgumentException with the word that is not understood
   */
  public Schedule(List<String> words, ZoneId zone) {
    this.zone = zone;
    words.forEach(this::add);
  }

  private void add(String word) {
    Matcher time = TIME.matcher(word.strip().toLowerCase(Locale.ROOT));
    Matcher every = EVERY.matcher(word.strip().toLowerCase(Locale.ROOT));
    if (time.matches()) {
      daily.add(new Daily(days(time.group(1), word), LocalTime.parse(clock(time))));
    } else if (every.matches() && everySeconds == 0) {
      everySeconds = Long.parseLong(every.group(1)) * (every.group(2).equals("h") ? 3600 : 60);
    } else {
      throw new IllegalArgumentException(word);
    }
  }

  private static String clock(Matcher time) {
    return time.group(2) + ':' + time.group(3);
  }

  private static Set<DayOfWeek> days(String names, String word) {
    if (names == null) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String name : names.split(",", -1)) {
      days.add(
          List.of(DayOfWeek.values()).stream()
              .filter(d -> d.getDisplayName(TextStyle.SHORT, Locale.ENGLISH).equalsIgnoreCase(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException(word)));
    }
    return days;
  }

  /**
   * The newest moment at which a run was due.
   *
   * @param last when the job last began, or became known
   * @param now the moment now
   * @return empty if no run fell due after the last one
   */
  public Optional<Instant> due(Instant last, Instant now) {
    return Optional.ofNullable(latest(last, now)).filter(t -> t.isAfter(last));
  }

  private Instant latest(Instant last, Instant now) {
    Instant latest = null;
    if (everySeconds > 0 && !last.plusSeconds(everySeconds).isAfter(now)) {
      latest = last.plusSeconds(everySeconds);
    }
    ZonedDateTime today = now.atZone(zone);
    for (Daily d : daily) {
      for (int back = 0; back < WEEK; back++) {
        ZonedDateTime at = today.toLocalDate().minusDays(back).atTime(d.time()).atZone(zone);
        if (d.days().contains(at.getDayOfWeek()) && !at.toInstant().isAfter(now)) {
          latest = latest == null || at.toInstant().isAfter(latest) ? at.toInstant() : latest;
          break;
        }
      }
    }
    return latest;
  }

  /** Whether it ever begins by itself. */
  public boolean isEmpty() {
    return daily.isEmpty() && everySeconds == 0;
  }
}
