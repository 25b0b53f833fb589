package org.kiban.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.kiban.backup.BackupAgent.Access;
import org.kiban.backup.BackupAgent.Task;
import org.kiban.backup.drill.Drill;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.run.Check;
import org.kiban.backup.run.Progress;
import org.kiban.backup.site.Looks;
import org.kiban.backup.site.SiteStatus;
import org.kiban.backup.site.Sites;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/** How each place of a backup is, by what was seen of it. */
public final class Overview {

  private final Vault vault;
  private final Sites sites;
  private final Looks looks;
  private final Drill drill;
  private final int goalHours;

  Overview(Vault vault, Sites sites, Looks looks, Drill drill, int goalHours) {
    this.vault = vault;
    this.sites = sites;
    this.looks = looks;
    this.drill = drill;
    this.goalHours = goalHours;
  }

  /** The moment of the newest snapshot of the repository that was seen whole; null if none was. */
  Instant verified() {
    return looks.of(vault.location()).verified();
  }

  /** Notes how large the repository is. */
  void measure() {
    vault.run(Access.LOOK, r -> looks.measure(vault.location(), r));
  }

  /** Notes how large a further place is. */
  void measure(String location) {
    vault.onOther(location, Access.LOOK, r -> looks.measure(location, r));
  }

  /**
   * Looks for damage, and notes when it was done.
   *
   * @param place a further place, or empty for the repository itself
   * @param packs those that are read whole
   */
  public List<Check.Finding> verify(
      Optional<String> place, Predicate<Id> packs, Progress progress) {
    place
        .filter(p -> !vault.copies().contains(p))
        .ifPresent(
            p -> {
              throw new KibanException(
                  Outcome.USAGE, BackupMessage.NO_PLACE, p, String.join(", ", vault.copies()));
            });
    String location = place.orElseGet(vault::location);
    Task<List<Check.Finding>> check =
        r -> {
          List<Check.Finding> findings = new Check(r, progress).run(packs, vault.workers());
          boolean damaged = findings.stream().anyMatch(Check.Finding::serious);
          looks.checked(location, damaged ? List.of() : r.snapshots(), damaged);
          return findings;
        };
    return place.isPresent()
        ? vault.alone(() -> vault.onOther(location, Access.EXCLUSIVE, check))
        : vault.run(Access.EXCLUSIVE, check);
  }

  /** How each place is, the repository itself first. */
  public List<SiteStatus> status() {
    String own = vault.location();
    Instant newest =
        vault.run(
            Access.LOOK,
            r -> {
              looks.measure(own, r);
              List<Snapshot> all = r.snapshots();
              return all.isEmpty() ? null : all.get(all.size() - 1).time();
            });
    Drill.Last last = drill.last();
    List<SiteStatus> all = new ArrayList<>();
    all.add(status(new Sites.State(own, newest, newest, last.failure()), last.time()));
    sites.states().forEach(s -> all.add(status(s, null)));
    return all;
  }

  private SiteStatus status(Sites.State state, Instant drilled) {
    return SiteStatus.of(
        state, looks.of(state.location()), drilled, vault.settings().clock().instant(), goalHours);
  }
}
