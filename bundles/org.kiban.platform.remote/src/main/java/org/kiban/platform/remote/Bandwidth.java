package org.kiban.platform.remote;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A limit that depends on the time of day, shared by all who send over one line. The first window
 * that holds the time counts; outside of all there is no limit.
 */
public final class Bandwidth implements Throttle {

  private static final Pattern FORM =
      Pattern.compile("(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d) +(\\d{1,9})");

  private final List<Window> windows;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Waits.Pause pause;
  private Instant free = Instant.MIN;

  /**
   * A time of day and its limit.
   *
   * @param from at which it begins
   * @param to before which it ends; over midnight if it is earlier than {@code from}, all day if
   *     they are the same
   * @param bytes a second; 0 for no limit
   */
  public record Window(LocalTime from, LocalTime to, long bytes) {

    /**
     * Reads {@code 08:30-17:15 2048}: KiB a second.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static Window parse(String text) {
      Matcher parts = FORM.matcher(text.strip());
      if (!parts.matches()) {
        throw new IllegalArgumentException(text);
      }
      try {
        return new Window(
            LocalTime.parse(parts.group(1)),
            LocalTime.parse(parts.group(2)),
            Long.parseLong(parts.group(3)) * 1024);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(text, e);
      }
    }

    boolean holds(LocalTime time) {
      if (from.isBefore(to)) {
        return !time.isBefore(from) && time.isBefore(to);
      }
      return !time.isBefore(from) || time.isBefore(to);
    }
  }

  /** Limits by these windows, in the node's zone. */
  public Bandwidth(List<Window> windows, InstantSource clock, ZoneId zone, Waits.Pause pause) {
    this.windows = List.copyOf(windows);
    this.clock = clock;
    this.zone = zone;
    this.pause = pause;
  }

  @Override
  public void take(int bytes) throws IOException {
    Duration wait = reserve(bytes);
    if (wait.compareTo(Duration.ZERO) > 0) {
      pause.pause(wait);
    }
  }

  /** How long until the line is free for it; what comes next waits until it has passed. */
  private synchronized Duration reserve(int bytes) {
    Instant now = clock.instant();
    long rate = rate(now);
    if (rate == 0) {
      free = now;
      return Duration.ZERO;
    }
    Instant start = free.isAfter(now) ? free : now;
    free = start.plusNanos(bytes * 1_000_000_000L / rate);
    return Duration.between(now, start);
  }

  private long rate(Instant now) {
    LocalTime time = LocalTime.ofInstant(now, zone);
    return windows.stream().filter(w -> w.holds(time)).findFirst().map(Window::bytes).orElse(0L);
  }
}
