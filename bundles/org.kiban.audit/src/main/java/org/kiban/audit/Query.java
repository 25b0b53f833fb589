package org.kiban.audit;

import java.time.Instant;

/**
 * Which entries are wanted; null is any.
 *
 * @param municipality a code
 * @param kind of what sort
 * @param user who
 * @param since the earliest
 * @param until before when
 * @param limit how many of the newest, at least 1
 */
public record Query(
    String municipality, Act.Kind kind, String user, Instant since, Instant until, int limit) {

  boolean wants(Entry entry) {
    Act act = entry.act();
    return (municipality == null || municipality.equals(act.municipality()))
        && (kind == null || kind == act.kind())
        && (user == null || user.equals(act.user()))
        && (since == null || !entry.at().isBefore(since))
        && (until == null || entry.at().isBefore(until));
  }
}
