package org.kiban.time.vote;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the time in what several sources say, some of which may lie: Marzullo's intersection as
 * NTPv4 uses it (RFC 5905, section 11.2.1).
 *
 * <p>Of n sources up to f = (n − 1) / 2 may be wrong. The true time lies in at least n − f of the
 * intervals; so everything between the first and the last point that so many cover is possible, and
 * nothing else. The intersection of as many as agree would be narrower, but two liars that cut into
 * a corner of two honest intervals move it off the truth.
 */
public final class Vote {

  /**
   * An outcome that a majority carries.
   *
   * @param low the least that must be added to the system's clock, in nanoseconds
   * @param high the most
   * @param falsetickers the sources that the largest agreement contradicts
   * @param sources how many voted
   */
  public record Verdict(long low, long high, List<String> falsetickers, int sources) {

    /** Copies the list. */
    public Verdict {
      falsetickers = List.copyOf(falsetickers);
    }

    /** How many liars the bound endures. */
    public int endures() {
      return (sources - 1) / 2;
    }
  }

  private record Edge(long at, int step) {}

  private Vote() {}

  /**
   * Decides.
   *
   * @param intervals one of each source that answers
   * @return nothing if no majority agrees on any point
   */
  public static Optional<Verdict> decide(List<Interval> intervals) {
    int n = intervals.size();
    List<Edge> edges = edges(intervals);
    int deepest = deepest(edges);
    if (deepest <= n / 2) {
      return Optional.empty();
    }
    long[] possible = hull(edges, n - (n - 1) / 2);
    long[] agreed = hull(edges, deepest);
    List<String> falsetickers =
        intervals.stream().filter(i -> !agrees(i, agreed)).map(Interval::name).toList();
    return Optional.of(new Verdict(possible[0], possible[1], falsetickers, n));
  }

  /** One that contains the agreement or lies within it; whoever only grazes it is off. */
  private static boolean agrees(Interval i, long[] agreed) {
    return i.low() <= agreed[0] && i.high() >= agreed[1]
        || i.low() >= agreed[0] && i.high() <= agreed[1];
  }

  /** In order; where one ends and another begins at one point they share it. */
  private static List<Edge> edges(List<Interval> intervals) {
    List<Edge> edges = new ArrayList<>();
    for (Interval i : intervals) {
      edges.add(new Edge(i.low(), 1));
      edges.add(new Edge(i.high(), -1));
    }
    edges.sort(
        Comparator.comparingLong(Edge::at)
            .thenComparing(Comparator.comparingInt(Edge::step).reversed()));
    return edges;
  }

  private static int deepest(List<Edge> edges) {
    int depth = 0;
    int deepest = 0;
    for (Edge edge : edges) {
      depth += edge.step();
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }

  /** From the first to the last point that at least so many cover. */
  private static long[] hull(List<Edge> edges, int wanted) {
    long[] hull = {Long.MAX_VALUE, Long.MIN_VALUE};
    int depth = 0;
    for (Edge edge : edges) {
      if (edge.step() < 0 && depth >= wanted) {
        hull[1] = edge.at();
      }
      depth += edge.step();
      if (edge.step() > 0 && depth >= wanted) {
        hull[0] = Math.min(hull[0], edge.at());
      }
    }
    return hull;
  }
}
