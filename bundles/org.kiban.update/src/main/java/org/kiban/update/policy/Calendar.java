package org.kiban.update.policy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * When maintenance is allowed: in a window of the node, on no closed day, and at the same time in a
 * window of every municipality that has windows of its own, since they share the node. Immutable.
 */
public final class Calendar {

  private static final int DAYS = 400;

  private final ZoneId zone;
  private final Map<String, List<Window>> windows = new LinkedHashMap<>();
  private final List<Closed> closed = new ArrayList<>();

  private record Closed(LocalDate from, LocalDate to) {}

  /**
   * Reads what operators declared.
   *
   * @param zone in which times are meant
   * @param node windows of the node; none means that there is never one
   * @param municipalities windows of municipalities, each with the code in front
   * @param closed days without maintenance: {@code 2027-03-25} or {@code 2027-03-25..2027-04-05}
   * @throws IllegalArgumentException with the text that cannot be read
   */
  public Calendar(
      String zone, List<String> node, List<String> municipalities, List<String> closed) {
    try {
      this.zone = ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(zone, e);
    }
    windows.put("", node.stream().map(Window::parse).toList());
    for (String line : municipalities) {
      if (!line.matches("\\d{6} \\S.*")) {
        throw new IllegalArgumentException(line);
      }
      windows
          .computeIfAbsent(line.substring(0, 6), any -> new ArrayList<>())
          .add(Window.parse(line.substring(7)));
    }
    closed.forEach(text -> this.closed.add(closed(text)));
  }

  private static Closed closed(String text) {
    String[] days = text.strip().split("\\.\\.", -1);
    try {
      Closed closed = new Closed(LocalDate.parse(days[0]), LocalDate.parse(days[days.length - 1]));
      if (days.length > 2 || closed.to.isBefore(closed.from)) {
        throw new IllegalArgumentException(text);
      }
      return closed;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** Whether maintenance is allowed at a moment. */
  public boolean isOpen(Instant at) {
    return isOpen(at.atZone(zone));
  }

  private boolean isOpen(ZonedDateTime at) {
    LocalDate day = at.toLocalDate();
    return closed.stream().noneMatch(c -> !day.isBefore(c.from) && !day.isAfter(c.to))
        && windows.values().stream().allMatch(l -> l.stream().anyMatch(w -> w.isOpen(at)));
  }

  /** When maintenance is allowed next, now included; empty if not within 400 days. */
  public Optional<Instant> opens(Instant now) {
    return isOpen(now) ? Optional.of(now) : next(now, true);
  }

  /** When the time that is open now ends; empty if it does not within 400 days. */
  public Optional<Instant> closes(Instant now) {
    return next(now, false);
  }

  /** Something changes only at an edge of a window or at midnight. */
  private Optional<Instant> next(Instant now, boolean open) {
    Set<LocalTime> edges = new TreeSet<>(List.of(LocalTime.MIDNIGHT));
    windows.values().forEach(l -> l.forEach(w -> edges.addAll(List.of(w.from(), w.to()))));
    ZonedDateTime begin = now.atZone(zone);
    for (int i = 0; i < DAYS; i++) {
      LocalDate day = begin.toLocalDate().plus(i, ChronoUnit.DAYS);
      for (LocalTime edge : edges) {
        ZonedDateTime at = day.atTime(edge).atZone(zone);
        if (at.isAfter(begin) && isOpen(at) == open) {
          return Optional.of(at.toInstant());
        }
      }
    }
    return Optional.empty();
  }
}
