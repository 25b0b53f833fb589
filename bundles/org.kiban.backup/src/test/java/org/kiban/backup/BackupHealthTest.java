package org.kiban.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.drill.Drill;
import org.kiban.backup.export.Purposes;
import org.kiban.backup.job.Job;
import org.kiban.backup.job.JobRun;
import org.kiban.backup.job.Jobs;
import org.kiban.backup.job.Notes;
import org.kiban.backup.job.Records;
import org.kiban.backup.job.Values;
import org.kiban.backup.run.Backup;
import org.kiban.backup.run.Progress;
import org.kiban.backup.site.Sites;
import org.kiban.backup.source.Tree;
import org.kiban.backup.source.Views;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;

/** What health says of a municipality's backup, with the next command. */
class BackupHealthTest {

  @TempDir private Path folder;
  private final Values values = new Values("file.json", Map.of("schedule", new String[] {"02:15"}));
  private final Job job = Jobs.of(values, ZoneOffset.UTC).get("main");
  private final List<String> damaged = new ArrayList<>();
  private Records records;
  private Instant now = Instant.now();

  @BeforeEach
  void givenRecords() {
    records = new Records(notes("jobs"));
  }

  private Notes notes(String name) {
    return new Notes(new DurableFilesComponent(), folder.resolve(name + ".json"));
  }

  private Result health() {
    return new BackupHealth(
            "332020",
            List.of(job),
            records,
            new Sites(List.of(), notes("sites"), () -> now, place -> {}),
            new Drill("332020", folder, folder, notes("drills"), () -> now),
            () -> damaged,
            new Purposes("332020", values),
            () -> now,
            26)
        .execute();
  }

  private void givenASnapshot(String... tags) throws IOException {
    Path source = Files.createDirectories(folder.resolve("source"));
    Path repository = folder.resolve("repository");
    Fixture.create(repository).close();
    Backup.Result result = Fixture.save(repository, List.of(tags), source);
    now = result.snapshot().time();
    new JobRun(job, records, () -> now)
        .run(
            j ->
                Views.prepare(
                    List.of(new Tree(List.of(source), List.of())),
                    folder.resolve("view"),
                    new JournalsComponent(new DurableFilesComponent()),
                    Optional.empty()),
            (paths, excludes, streams) -> result,
            new Progress());
  }

  @Test
  void givenNoSnapshotThenItWarnsAndSaysWhatToDo() {
    Result result = health();

    assertThat(result.getStatus()).isEqualTo(Result.Status.WARN);
    assertThat(result.toString()).contains("backup:create 332020", "backup:run 332020 main");
  }

  @Test
  void givenANewSnapshotThenItIsWell() throws IOException {
    givenASnapshot();

    assertThat(health().getStatus()).isEqualTo(Result.Status.OK);
  }

  @Test
  void givenAnOldSnapshotThenItWarnsAndLaterCallsItCritical() throws IOException {
    givenASnapshot();

    now = now.plus(Duration.ofHours(26));
    assertThat(health().getStatus()).isEqualTo(Result.Status.WARN);
    assertThat(health().toString()).contains("26 hours").doesNotContain("critical");
    now = now.plus(Duration.ofHours(26));
    assertThat(health().toString()).contains("critical", "backup:run 332020 main");
    assertThat(health().getStatus()).as("the node goes on").isEqualTo(Result.Status.WARN);
  }

  @Test
  void givenAPlaceThatWasFoundDamagedThenThatIsCritical() throws IOException {
    givenASnapshot();
    damaged.add("/mnt/osaka");

    assertThat(health().getStatus()).isEqualTo(Result.Status.WARN);
    assertThat(health().toString()).contains("critical: /mnt/osaka is damaged; backup:verify");
  }

  @Test
  void givenASnapshotWithoutMessagesThenThatIsTold() throws IOException {
    givenASnapshot("without:queues");

    assertThat(health().getStatus()).as("perhaps it is meant so").isEqualTo(Result.Status.OK);
    assertThat(health().toString()).contains("KBN-BACKUP-088", "queues");
  }
}
