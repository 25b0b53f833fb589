package org.kiban.addon.swap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.kiban.core.Readiness;
import org.kiban.core.Readiness.Check;
import org.kiban.core.Readiness.Grade;

/**
 * How the node was before a swap, and whether it is worse in a way that the swap can have caused: a
 * backup that becomes too old in these seconds is not the add-on's.
 *
 * @param report the levels before
 * @param grades what each health check said, by {@link #key}
 * @param running the bundles that ran
 */
record NodeWatch(Readiness.Report report, Map<String, Grade> grades, Set<String> running) {

  /** Capabilities that speak of the world outside: other machines, media, the time of day. */
  private static final Set<String> OUTSIDE = Set.of("time", "backup", "update", "logship");

  static NodeWatch of(Readiness.Report report, List<Check> checks, Set<String> running) {
    Map<String, Grade> grades =
        checks.stream()
            .collect(
                Collectors.toMap(
                    NodeWatch::key, Check::grade, (a, b) -> a.compareTo(b) > 0 ? a : b));
    return new NodeWatch(report, grades, Set.copyOf(running));
  }

  private static String key(Check check) {
    return check.bundle() + " " + check.name();
  }

  /**
   * Why the node is worse than before; empty if it is not, or not by the swap.
   *
   * @param touched the bundles of the add-on, and those that depend on them
   */
  Optional<String> worse(
      Readiness.Report now, List<Check> checks, Set<String> runningNow, Set<String> touched) {
    List<Check> fallen =
        checks.stream()
            .filter(c -> c.grade().compareTo(grades.getOrDefault(key(c), Grade.GOOD)) > 0)
            .toList();
    List<String> reasons = new ArrayList<>();
    fallen.stream()
        .filter(c -> touched.contains(c.bundle()) || isBad(c) && !OUTSIDE.contains(c.name()))
        .forEach(c -> reasons.add(c.name() + ": " + c.message()));
    Set<String> stopped = new TreeSet<>(running);
    stopped.retainAll(touched);
    stopped.removeAll(runningNow);
    stopped.forEach(b -> reasons.add(b + " does not run"));
    boolean elsewhere = fallen.stream().anyMatch(c -> isBad(c) && OUTSIDE.contains(c.name()));
    if (report.ready() && !now.ready() && !elsewhere) {
      reasons.addAll(now.problems());
      reasons.add("not ready");
    }
    return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
  }

  private static boolean isBad(Check check) {
    return check.grade() == Grade.BAD;
  }
}
