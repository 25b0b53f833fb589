package org.kiban.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.kiban.backup.BackupAgent.Access;
import org.kiban.backup.BackupAgent.Task;
import org.kiban.backup.drill.Drill;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.run.Background;
import org.kiban.backup.run.Check;
import org.kiban.backup.run.Progress;
import org.kiban.backup.site.Looks;
import org.kiban.backup.site.SiteStatus;
import org.kiban.backup.site.Sites;
import org.kiban.core.KibanException;

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
    place.ifPresent(vault::requireFurther);
    String location = place.orElseGet(vault::location);
    Task<List<Check.Finding>> check =
        r -> {
          List<Check.Finding> findings =
              Background.call(
                  vault.niceness(), () -> new Check(r, progress).run(packs, vault.workers()));
          boolean damaged = findings.stream().anyMatch(Check.Finding::serious);
          looks.checked(location, damaged ? List.of() : r.snapshots(), damaged);
          return findings;
        };
    return place.isPresent()
        ? vault.alone(() -> vault.onOther(location, Access.EXCLUSIVE, check))
        : vault.run(Access.EXCLUSIVE, check);
  }

  /** Places where damage was found when it was last looked for. */
  List<String> damaged() {
    return Stream.concat(Stream.of(vault.location()), vault.copies().stream())
        .filter(place -> looks.of(place).damaged())
        .toList();
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

  /** As {@link #status()}; what is wrong with the repository is one of the places' problems. */
  List<SiteStatus> statusWithProblems() {
    try {
      return status();
    } catch (KibanException e) {
      Sites.State own = new Sites.State(location(), null, null, e.getMessage());
      return List.of(status(own, drill.last().time()));
    }
  }

  /** Where it lies, or what is said of that, if it cannot be used. */
  private String location() {
    try {
      return vault.location();
    } catch (KibanException e) {
      return "?";
    }
  }

  private SiteStatus status(Sites.State state, Instant drilled) {
    return SiteStatus.of(
        vault.name(),
        state,
        looks.of(state.location()),
        drilled,
        vault.settings().clock().instant(),
        goalHours);
  }
}
