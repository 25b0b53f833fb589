package org.kiban.backup.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.repository.Writer;
import org.kiban.core.backup.BackupSource.Content;

/** Saves directory trees as a snapshot. */
public final class Backup {

  private final Repository repository;
  private final Progress progress;

  /** Into an open repository with a lock that is shared. */
  public Backup(Repository repository, Progress progress) {
    this.repository = repository;
    this.progress = progress;
  }

  /**
   * What to save.
   *
   * @param paths absolute
   * @param excludes patterns of {@link Excludes}
   * @param verify whether every blob is decrypted and compared before it is stored
   * @param force whether every file is read, also if it seems unchanged
   * @param threads that compress and encrypt
   * @param streams what is to be read at paths where nothing lies, in directories that are saved
   */
  public record Job(
      List<Path> paths,
      List<String> tags,
      List<String> excludes,
      boolean verify,
      boolean force,
      int threads,
      Map<Path, Content> streams) {

    /** Of what lies in directories. */
    public Job(
        List<Path> paths,
        List<String> tags,
        List<String> excludes,
        boolean verify,
        boolean force,
        int threads) {
      this(paths, tags, excludes, verify, force, threads, Map.of());
    }
  }

  /**
   * What was done.
   *
   * @param stored bytes that the repository has grown by
   */
  public record Result(Snapshot snapshot, Optional<Id> parent, long stored) {}

  /**
   * Saves. What cannot be read is left out and told of in the progress.
   *
   * @throws IOException if the repository cannot be written; no snapshot is made then
   */
  public Result run(Job job) throws IOException {
    List<String> names = job.paths().stream().map(Path::toString).sorted().toList();
    List<Snapshot> all = repository.snapshots();
    repository.loadIndex();
    repository.indexes().adoptOrphans();
    Optional<Snapshot> parent =
        all.stream()
            .filter(s -> s.host().equals(repository.host()) && s.paths().equals(names))
            .reduce((a, b) -> b);
    OffsetDateTime now =
        OffsetDateTime.ofInstant(
            repository.clock().instant().truncatedTo(ChronoUnit.MICROS), ZoneId.systemDefault());
    Id tree;
    long stored;
    try (Writer writer = repository.writer(job.verify());
        TreeSaver saver = new TreeSaver(repository, writer, job, progress)) {
      tree = saver.save(parent.map(Snapshot::tree));
      writer.flush();
      stored = writer.stored();
    }
    Snapshot snapshot =
        repository.save(
            Snapshot.create(
                now,
                tree,
                parent.map(Snapshot::id),
                repository.host(),
                names,
                job.tags(),
                job.excludes()));
    return new Result(snapshot, parent.map(Snapshot::id), stored);
  }
}
