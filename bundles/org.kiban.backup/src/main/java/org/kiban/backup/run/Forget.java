package org.kiban.backup.run;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.kiban.backup.backend.Backend.Kind;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Snapshot;

/** Removes snapshots; what only they needed stays until it is pruned. */
public final class Forget {

  private Forget() {}

  /** Removes those of a kind that the rules do not keep; returns them. */
  public static List<Snapshot> run(
      Repository repository, Predicate<Snapshot> kind, Retention rules, boolean dryRun)
      throws IOException {
    List<Snapshot> forgotten =
        rules.forgotten(repository.snapshots().stream().filter(kind).toList());
    if (!dryRun) {
      repository.backend().requireRemoval();
      for (Snapshot s : forgotten) {
        repository.backend().delete(Kind.SNAPSHOT, s.id().toString());
      }
    }
    return forgotten;
  }
}
