package org.kiban.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.repository.Repositories;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.run.Backup;
import org.kiban.backup.run.Check;
import org.kiban.backup.run.Progress;
import org.kiban.backup.run.Subset;

/** A run that was broken off is no loss: what it stored is taken over by the next. */
class ResumeTest {

  private static final int FILES = 20;
  private static final int SIZE = 700_000;

  @TempDir private Path directory;
  private Path root;
  private Path source;

  @BeforeEach
  void givenManyPacksOfData() throws IOException {
    root = directory.resolve("repository");
    source = Files.createDirectory(directory.resolve("source"));
    for (int i = 0; i < FILES; i++) {
      Files.write(source.resolve("file" + i), Fixture.random(i, SIZE));
    }
    Fixture.create(root).close();
  }

  private long stored() throws IOException {
    try (Stream<Path> walk = Files.walk(root.resolve("data"))) {
      return walk.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
    }
  }

  private Backup.Result save(Repository repository, Progress progress) throws IOException {
    return new Backup(repository, progress)
        .run(new Backup.Job(List.of(source), List.of(), List.of(), true, false, 2));
  }

  @Test
  void what_a_broken_run_stored_is_not_stored_again() throws Exception {
    try (Repository repository =
        Repositories.open(new BreakingBackend(root, 4), Fixture.SETTINGS, Fixture.password())
            .lock(false)) {
      assertThatThrownBy(() -> save(repository, new Progress()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("killed");
      assertThat(repository.snapshots()).isEmpty();
    }
    long before = stored();
    assertThat(before).isGreaterThan(4L * Fixture.PACK);

    Backup.Result result = Fixture.save(root, source);

    long all = (long) FILES * SIZE;
    assertThat(result.stored()).isLessThan(all - before + 200_000);
    assertThat(stored()).isLessThan(all + 200_000);
    try (Repository repository = Fixture.open(root).lock(true)) {
      assertThat(new Check(repository, new Progress()).run(Subset.ALL, 2)).isEmpty();
    }
    new StockRestic(root, Fixture.PASSWORD, directory).done("check", "--read-data");
  }

  @Test
  void a_second_run_reads_and_stores_only_what_changed() throws Exception {
    Fixture.save(root, source);
    long before = stored();
    Files.write(source.resolve("file3"), Fixture.random(300, 1000));

    try (Repository repository = Fixture.open(root).lock(false)) {
      Progress progress = new Progress();
      save(repository, progress);
      assertThat(progress.files()).isEqualTo(FILES);
      assertThat(progress.unchanged()).isEqualTo(FILES - 1);
    }
    assertThat(stored() - before).isLessThan(100_000);
  }

  @Test
  void a_file_that_cannot_be_read_is_named_and_the_rest_is_saved() throws Exception {
    try (Repository repository = Fixture.open(root).lock(false)) {
      Progress progress = new Progress();
      Path gone = directory.resolve("gone");
      Backup.Result result =
          new Backup(repository, progress)
              .run(new Backup.Job(List.of(source, gone), List.of(), List.of(), true, false, 2));
      assertThat(progress.problems()).singleElement().asString().contains(gone.toString());
      assertThat(result.snapshot().id()).isNotNull();
    }
  }
}
