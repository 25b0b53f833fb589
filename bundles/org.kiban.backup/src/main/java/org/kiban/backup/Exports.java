package org.kiban.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.kiban.backup.BackupAgent.Access;
import org.kiban.backup.export.Export;
import org.kiban.backup.export.Purposes;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.run.Progress;
import org.kiban.backup.run.Restore;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.storage.DurableFiles;

/** Writes what a municipality declared for a purpose, from its repository alone. */
public final class Exports {

  private static final DateTimeFormatter NOW =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneId.systemDefault());

  private final Vault vault;
  private final Places places;
  private final Overview overview;
  private final Purposes purposes;
  private final Path directory;
  private final DurableFiles files;
  private final InstantSource clock;

  /**
   * @param directory for what goes to no other place
   */
  Exports(
      Vault vault,
      Places places,
      Overview overview,
      Purposes purposes,
      Path directory,
      DurableFiles files,
      InstantSource clock) {
    this.vault = vault;
    this.places = places;
    this.overview = overview;
    this.purposes = purposes;
    this.directory = directory;
    this.files = files;
    this.clock = clock;
  }

  /** The purposes that are declared. */
  public List<String> purposes() {
    return purposes.names();
  }

  /** What was written where, and as of when. */
  public record Result(Path directory, String snapshot, Instant time, List<Export.Written> sets) {}

  /**
   * Writes all of a purpose.
   *
   * @param word the beginning of a snapshot's id, {@code latest}, or null for the newest that was
   *     verified
   * @param target an empty or missing directory, or null
   * @throws KibanException if the purpose, the snapshot or the directory is not right
   */
  public Result run(String purpose, String word, String target, Progress progress) {
    purposes.require(purpose);
    Optional<Path> chosen = Optional.ofNullable(target).map(t -> places.typed(t));
    chosen.ifPresent(Restore::refuseUnlessEmpty);
    return vault.run(
        Access.SHARED,
        r -> {
          Snapshot snapshot = word == null ? verified(r) : r.snapshot(word);
          r.loadIndex(d -> progress.problem(d.getMessage()));
          Path into =
              chosen.orElseGet(
                  () -> directory.resolve(purpose + '-' + NOW.format(clock.instant())));
          return new Result(
              into,
              snapshot.id().toString(),
              snapshot.time(),
              new Export(r, snapshot, files, progress).run(purposes, purpose, into));
        });
  }

  private Snapshot verified(Repository repository) throws IOException {
    Instant until = overview.verified();
    return repository.snapshots().stream()
        .filter(s -> until != null && !s.time().isAfter(until))
        .reduce((older, newer) -> newer)
        .orElseThrow(
            () ->
                new KibanException(
                    Outcome.REFUSED, BackupMessage.NOT_VERIFIED, vault.location(), vault.name()));
  }
}
