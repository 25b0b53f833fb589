package org.kiban.exchange.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kiban.exchange.api.Verification.Finding;

/** Looks at the times of a chain's entries, one after the other. */
final class Times {

  private static final double MILLI = 1e3;

  private final Map<String, Long> trust = new TreeMap<>();
  private final List<Finding> jumps = new ArrayList<>();
  private final List<Finding> disorder = new ArrayList<>();
  private long at = Long.MIN_VALUE;
  private boolean behind;

  void see(long position, Stamp stamp) {
    // Entries of before stamps were written may differ by what two threads needed to commit.
    if (stamp.trust() != null && stamp.at() < at) {
      disorder.add(new Finding("entry " + position, "its time is before that of the entry before"));
    }
    at = stamp.at();
    trust.merge(stamp.trust() == null ? "unknown" : stamp.trust(), 1L, Long::sum);
    if (stamp.behind() != null && !behind) {
      jumps.add(
          new Finding(
              "entry " + position,
              "the system's clock had gone back by %.3f ms".formatted(stamp.behind() / MILLI)));
    }
    behind = stamp.behind() != null;
  }

  /** Entries by how far their time could be believed. */
  Map<String, Long> trust() {
    return trust;
  }

  /** The first entry after each time that the clock went backwards. */
  List<Finding> jumps() {
    return jumps;
  }

  /** Entries that are earlier than the one before. */
  List<Finding> disorder() {
    return disorder;
  }
}
