package org.kiban.backup.site;

import java.time.Duration;
import java.time.Instant;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.run.Stats;

/**
 * How one place of a backup is.
 *
 * @param newest the moment of its newest snapshot; null if there is none
 * @param ageHours of that; -1 if there is none
 * @param goalHours the age that is aimed at (RPO)
 * @param snapshots how many; -1 if only the place itself could tell
 * @param storedBytes of packs; -1 as well
 * @param checked when damage was last looked for; empty if never
 * @param problem what is wrong; empty if nothing is known
 */
public record SiteStatus(
    String location,
    Instant newest,
    long ageHours,
    int goalHours,
    int snapshots,
    long storedBytes,
    String checked,
    String problem) {

  /** Of the repository itself. */
  public static SiteStatus of(
      Stats stats, Instant now, int goalHours, String checked, boolean damaged) {
    return new SiteStatus(
        stats.location(),
        stats.newest(),
        age(stats.newest(), now),
        goalHours,
        stats.snapshots(),
        stats.storedBytes(),
        checked,
        damaged ? BackupMessage.DAMAGED.code() : "");
  }

  /** Of a further place, as it is known here. */
  public static SiteStatus of(Sites.State state, Instant now, int goalHours) {
    return new SiteStatus(
        state.location(),
        state.newest(),
        age(state.newest(), now),
        goalHours,
        -1,
        -1,
        "",
        state.failure());
  }

  private static long age(Instant newest, Instant now) {
    return newest == null ? -1 : Duration.between(newest, now).toHours();
  }
}
