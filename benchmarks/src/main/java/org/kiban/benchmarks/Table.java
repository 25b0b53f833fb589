package org.kiban.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measurements of several rounds, printed as a Markdown table of medians. */
final class Table {

  private final String unit;
  private final String peer;
  private final Map<String, List<Double>> rounds = new LinkedHashMap<>();

  Table(String unit) {
    this(unit, null);
  }

  /** Ratios are to that row, or to the first if it is null. */
  Table(String unit, String peer) {
    this.unit = unit;
    this.peer = peer;
  }

  void add(String what, double value) {
    rounds.computeIfAbsent(what, w -> new ArrayList<>()).add(value);
    System.err.printf(Locale.ROOT, "%s: %.2f %s%n", what, value, unit);
  }

  double median(String what) {
    double[] sorted = rounds.get(what).stream().mapToDouble(d -> d).sorted().toArray();
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /** Prints a row for each thing, with its ratio to the peer. */
  void print() {
    String first = peer == null ? rounds.keySet().iterator().next() : peer;
    System.out.printf("| %s | median | rounds | ratio |%n|---|---:|---|---:|%n", unit);
    for (Map.Entry<String, List<Double>> e : rounds.entrySet()) {
      String all =
          String.join(
              " ", e.getValue().stream().map(v -> String.format(Locale.ROOT, "%.1f", v)).toList());
      System.out.printf(
          Locale.ROOT,
          "| %s | %.1f | %s | %.2f |%n",
          e.getKey(),
          median(e.getKey()),
          all,
          median(e.getKey()) / median(first));
    }
  }

  /** Prints what a comparison stands on. */
  static void machine() {
    System.out.printf(
        "%d processors, Java %s, load %s%n%n",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"),
        String.format(
            Locale.ROOT,
            "%.1f",
            java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                .getSystemLoadAverage()));
  }

  @Override
  public String toString() {
    return unit + Arrays.toString(rounds.keySet().toArray());
  }
}
