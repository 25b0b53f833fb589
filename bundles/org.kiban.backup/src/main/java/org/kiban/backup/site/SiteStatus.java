package org.kiban.backup.site;

import java.time.Duration;
import java.time.Instant;
import org.kiban.backup.BackupMessage;

/**
 * How one place of a backup is.
 *
 * @param owner the municipality's code, or {@code node}
 * @param newest the moment of its newest snapshot; null if there is none
 * @param verified the moment of the newest that was without damage when last looked; null if none
 * @param ageHours of the newest; -1 if there is none
 * @param goalHours the age that is aimed at (RPO)
 * @param snapshots how many; -1 if it is not known
 * @param storedBytes of packs; -1 as well
 * @param grownBytes by how much that grew within seven days
 * @param checked when damage was last looked for; null if never
 * @param drilled when a restore was last practised from here; null if never, or not from here
 * @param problem what is wrong; empty if nothing is known
 */
public record SiteStatus(
    String owner,
    String location,
    Instant newest,
    Instant verified,
    long ageHours,
    int goalHours,
    int snapshots,
    long storedBytes,
    long grownBytes,
    Instant checked,
    Instant drilled,
    String problem) {

  /**
   * Of a place.
   *
   * @param state how far it is
   * @param look what was seen of it
   */
  public static SiteStatus of(
      String owner,
      Sites.State state,
      Looks.Look look,
      Instant drilled,
      Instant now,
      int goalHours) {
    return new SiteStatus(
        owner,
        state.location(),
        state.newest(),
        look.verified(),
        state.newest() == null ? -1 : Duration.between(state.newest(), now).toHours(),
        goalHours,
        look.snapshots(),
        look.storedBytes(),
        look.grownBytes(),
        look.checked(),
        drilled,
        state.failure().isEmpty() && look.damaged()
            ? BackupMessage.DAMAGED.code()
            : state.failure());
  }
}
