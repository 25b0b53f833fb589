package org.kiban.update.policy;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time at which maintenance is allowed, again and again: {@code daily 22:00-05:00}, {@code
 * sat,sun 01:00-05:00}, {@code sun#2 01:00-05:00} (the second Sunday of a month) or {@code
 * 2027-01-10 01:00-05:00}. One that ends before it begins ends on the next day.
 *
 * @param text as it was written
 */
record Window(String text, Set<String> days, LocalTime from, LocalTime to) {

  private static final Pattern FORM = Pattern.compile("(\\S+) (\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)");
  private static final Pattern DAY =
      Pattern.compile("daily|(mon|tue|wed|thu|fri|sat|sun)(#[1-5])?|\\d{4}-\\d\\d-\\d\\d");
  private static final int WEEK = 7;

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  static Window parse(String text) {
    Matcher m = FORM.matcher(text.strip());
    if (!m.matches()) {
      throw new IllegalArgumentException(text);
    }
    List<String> days = Arrays.asList(m.group(1).split(",", -1));
    try {
      for (String day : days) {
        if (!DAY.matcher(day).matches()) {
          throw new IllegalArgumentException(text);
        }
        if (Character.isDigit(day.charAt(0))) {
          LocalDate.parse(day);
        }
      }
      Window window =
          new Window(
              text, new HashSet<>(days), LocalTime.parse(m.group(2)), LocalTime.parse(m.group(3)));
      if (window.from.equals(window.to)) {
        throw new IllegalArgumentException(text);
      }
      return window;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** Whether it is open at a moment. */
  boolean isOpen(ZonedDateTime at) {
    LocalTime time = at.toLocalTime();
    LocalDate day = at.toLocalDate();
    if (from.isBefore(to)) {
      return begins(day) && !time.isBefore(from) && time.isBefore(to);
    }
    return begins(day) && !time.isBefore(from) || begins(day.minusDays(1)) && time.isBefore(to);
  }

  private boolean begins(LocalDate day) {
    DayOfWeek weekday = day.getDayOfWeek();
    String name = weekday.name().substring(0, 3).toLowerCase(Locale.ROOT);
    int nth = (day.getDayOfMonth() - 1) / WEEK + 1;
    return days.contains("daily")
        || days.contains(name)
        || days.contains(name + "#" + nth)
        || days.contains(day.toString());
  }
}
