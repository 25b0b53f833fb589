package org.kiban.backup.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.Fixture;
import org.kiban.backup.run.Backup;
import org.kiban.backup.run.Progress;
import org.kiban.backup.source.Tree;
import org.kiban.backup.source.Views;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;

class JobRunTest {

  private static final Instant NOW = Instant.parse("2026-11-23T02:15:00Z");

  @TempDir Path folder;
  private Path source;
  private Path repository;
  private Records records;

  @BeforeEach
  void givenSomethingToSave() throws IOException {
    source = Files.createDirectory(folder.resolve("source"));
    Files.writeString(source.resolve("a"), "1");
    repository = folder.resolve("repository");
    Fixture.create(repository).close();
    records = new Records(new Notes(new DurableFilesComponent(), folder.resolve("jobs.json")));
  }

  @Test
  void givenHooksThenOneRunsBeforeTheMomentAndOneAfterAndTheSnapshotIsOnRecord()
      throws IOException {
    Job job = job("echo 2 > " + source + "/b", "test -s " + source + "/b && rm " + source + "/b");
    Backup.Result result = run(job);
    assertThat(source.resolve("b")).doesNotExist();
    Path target = folder.resolve("restored");
    Fixture.restore(repository, result.snapshot().tree(), target);
    assertThat(target.resolve(Path.of("/").relativize(source)).resolve("b")).hasContent("2");
    Records.Run run = records.of("main", NOW);
    assertThat(run.begun()).isEqualTo(NOW);
    assertThat(run.snapshot()).isEqualTo(result.snapshot().id().toString());
    assertThat(run.failure()).isEmpty();
    assertThat(folder.resolve("jobs.json")).content().contains("\"trust\":\"untrusted\"");
  }

  @Test
  void givenASnapshotThatLacksWhatItsOwnerHasThenTheRecordSaysSo() throws IOException {
    Backup.Result result = run(job("true", "true"), List.of("job:main", "without:queues"));
    assertThat(Job.missingIn(result.snapshot())).containsExactly("queues");
    assertThat(records.of("main", NOW).without()).isEqualTo("queues");
    run(job("true", "true"));
    assertThat(records.of("main", NOW).without()).isEmpty();
  }

  @Test
  void givenAHookThatFailsThenNothingIsSavedAndTheLastOneStillRuns() {
    Job job = job("exit 3", "touch " + folder.resolve("released"));
    assertThatThrownBy(() -> run(job)).hasMessageContaining("KBN-BACKUP-041");
    assertThat(folder.resolve("released")).exists();
    assertThat(records.of("main", NOW).failure()).contains("KBN-BACKUP-041");
    assertThat(records.of("main", NOW).snapshot()).isEmpty();
  }

  @Test
  void givenARepositoryThatFailsThenTheRecordKeepsTheSnapshotBefore() throws IOException {
    Job job = job("true", "true");
    Backup.Result first = run(job);
    assertThatThrownBy(
            () ->
                new JobRun(job, records, () -> NOW)
                    .run(
                        this::views,
                        (paths, excludes, streams) -> {
                          throw new KibanException(
                              Outcome.FAILED, BackupMessage.UNREACHABLE, "/mnt", "gone");
                        },
                        new Progress()))
        .hasMessageContaining("KBN-BACKUP-007");
    Records.Run run = records.of("main", NOW);
    assertThat(run.snapshot()).isEqualTo(first.snapshot().id().toString());
    assertThat(run.failure()).contains("KBN-BACKUP-007");
    assertThat(run(job).snapshot()).isNotNull();
    assertThat(records.of("main", NOW).failure()).isEmpty();
  }

  private static Job job(String before, String after) {
    return Jobs.of(
            new Values(
                "file.json",
                Map.of(
                    "before", new String[] {"/bin/sh", "-c", before},
                    "after", new String[] {"/bin/sh", "-c", after})),
            ZoneOffset.UTC)
        .get("main");
  }

  private Views views(Job job) throws IOException {
    return Views.prepare(
        List.of(new Tree(List.of(source), List.of())),
        folder.resolve("view"),
        new JournalsComponent(new DurableFilesComponent()),
        Optional.empty());
  }

  private Backup.Result run(Job job) throws IOException {
    return run(job, List.of());
  }

  private Backup.Result run(Job job, List<String> tags) throws IOException {
    return new JobRun(job, records, () -> NOW)
        .run(this::views, (paths, excludes, streams) -> save(paths, tags), new Progress());
  }

  private Backup.Result save(List<Path> paths, List<String> tags) {
    try {
      return Fixture.save(repository, tags, paths.toArray(Path[]::new));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
