package org.kiban.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kiban.backup.FaultyBackend.Fault;
import org.kiban.backup.backend.Backend;
import org.kiban.backup.backend.Backend.Kind;
import org.kiban.backup.backend.RetryingBackend;
import org.kiban.backup.repository.DamagedException;
import org.kiban.backup.repository.Repositories;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.run.Backup;
import org.kiban.backup.run.Check;
import org.kiban.backup.run.Progress;
import org.kiban.backup.run.Restore;
import org.kiban.backup.run.Subset;
import org.kiban.core.KibanException;

/** Whatever a place does wrong is named, and nothing is believed to be there that is not. */
class FaultTest {

  private static final Predicate<Kind> ALL_BUT_LOCKS = k -> k != Kind.LOCK;

  @TempDir private Path directory;
  private Path root;
  private Path source;

  @BeforeEach
  void givenAnEmptyRepositoryAndSomePacksOfData() throws IOException {
    root = directory.resolve("repository");
    source = Files.createDirectory(directory.resolve("source"));
    for (int i = 0; i < 9; i++) {
      Files.write(source.resolve("file" + i), Fixture.random(i, 700_000));
    }
    Fixture.create(root).close();
  }

  private Repository open(Fault fault, Predicate<Kind> where, long left) throws IOException {
    return Repositories.open(
        new FaultyBackend(Fixture.backend(root), fault, where, left),
        Fixture.SETTINGS,
        Fixture.password());
  }

  private Throwable saveWith(Fault fault, Predicate<Kind> where, long left) throws IOException {
    try (Repository repository = open(fault, where, left).lock(false)) {
      return catchThrowable(
          () ->
              new Backup(repository, new Progress())
                  .run(new Backup.Job(List.of(source), List.of(), List.of(), true, false, 2)));
    }
  }

  /** What the broken run left behind is believed in no part, and the next one is whole. */
  private void thenNothingIsBelievedAndTheNextRunIsWhole() throws Exception {
    try (Repository repository = Fixture.open(root).lock(true)) {
      assertThat(repository.snapshots()).isEmpty();
      assertThat(new Check(repository, new Progress()).run(Subset.NONE, 2))
          .noneMatch(Check.Finding::serious);
    }
    Backup.Result result = Fixture.save(root, source);
    try (Repository repository = Fixture.open(root).lock(true)) {
      assertThat(new Check(repository, new Progress()).run(Subset.NONE, 2))
          .noneMatch(Check.Finding::serious);
    }
    Path target = directory.resolve("restored");
    assertThat(Fixture.restore(root, result.snapshot().tree(), target).problems()).isEmpty();
    assertThat(Fixture.describe(target.resolve(Path.of("/").relativize(source))))
        .isEqualTo(Fixture.describe(source));
  }

  @Test
  void a_slow_place_only_takes_longer() throws Exception {
    assertThat(saveWith(Fault.SLOW, k -> true, 0)).isNull();
    try (Repository repository = open(Fault.SLOW, k -> true, 0).lock(true)) {
      assertThat(new Check(repository, new Progress()).run(Subset.ALL, 2)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"FORGETS", "CUTS_WRITES"})
  void a_pack_that_is_not_there_as_it_was_said_ends_the_run(Fault fault) throws Exception {
    Throwable thrown = saveWith(fault, k -> k == Kind.PACK, 1);

    assertThat(thrown)
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("data/")
        .hasMessageContaining("was stored as it seemed, but ");
    thenNothingIsBelievedAndTheNextRunIsWhole();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"FORGETS", "CUTS_WRITES", "GARBLES"})
  void so_does_an_index(Fault fault) throws Exception {
    Throwable thrown = saveWith(fault, k -> k == Kind.INDEX, 0);

    assertThat(thrown).isInstanceOf(DamagedException.class).hasMessageContaining("index/");
    thenNothingIsBelievedAndTheNextRunIsWhole();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"FORGETS", "CUTS_WRITES", "GARBLES"})
  void so_does_a_snapshot(Fault fault) throws Exception {
    Throwable thrown = saveWith(fault, k -> k == Kind.SNAPSHOT, 0);

    assertThat(thrown).isInstanceOf(DamagedException.class).hasMessageContaining("snapshots/");
    thenNothingIsBelievedAndTheNextRunIsWhole();
  }

  @Test
  void other_bytes_in_a_pack_are_found_by_reading_it_and_never_restored() throws Exception {
    assertThat(saveWith(Fault.GARBLES, k -> k == Kind.PACK, 1)).isNull();

    try (Repository repository = Fixture.open(root).lock(true)) {
      List<Check.Finding> found = new Check(repository, new Progress()).run(Subset.ALL, 2);
      assertThat(found).isNotEmpty().allMatch(f -> (f.file() + f.reason()).contains("data/"));
    }
    try (Repository repository = Fixture.open(root).lock(false)) {
      repository.loadIndex();
      Path target = directory.resolve("restored");
      Progress progress = new Progress();
      new Restore(repository, progress, false)
          .run(repository.snapshot("latest").tree(), List.of(), target, 2);
      assertThat(progress.problems()).isNotEmpty().allMatch(p -> p.contains("data/"));
    }
  }

  @Test
  void a_place_that_gives_less_than_it_has_is_told_of() throws Exception {
    Fixture.save(root, source);

    try (Repository repository = open(Fault.CUTS_READS, k -> k == Kind.PACK, 0).lock(false)) {
      repository.loadIndex();
      Progress progress = new Progress();
      new Restore(repository, progress, false)
          .run(repository.snapshot("latest").tree(), List.of(), directory.resolve("to"), 2);
      assertThat(progress.problems()).singleElement().asString().contains("data/", "is cut short");
    }
    assertThatThrownBy(() -> open(Fault.CUTS_READS, k -> k == Kind.KEY, 0))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("keys/");
    try (Repository repository = open(Fault.CUTS_READS, k -> k == Kind.INDEX, 0)) {
      assertThatThrownBy(repository::loadIndex)
          .isInstanceOf(DamagedException.class)
          .hasMessageContaining("index/");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 5, 8})
  void a_place_that_breaks_ends_the_run_with_its_own_words(long calls) throws Exception {
    assertThat(saveWith(Fault.BREAKS, ALL_BUT_LOCKS, calls))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the disk is broken");
    thenNothingIsBelievedAndTheNextRunIsWhole();
  }

  @Test
  void a_full_place_is_named_so_and_the_next_run_goes_on() throws Exception {
    assertThat(saveWith(Fault.FULL, EnumSet.of(Kind.PACK)::contains, 3_000_000))
        .isInstanceOfSatisfying(
            KibanException.class, e -> assertThat(e.code()).isEqualTo(BackupMessage.NO_ROOM));
    thenNothingIsBelievedAndTheNextRunIsWhole();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"HICCUPS", "LOSES_ANSWERS"})
  void a_line_that_fails_now_and_then_is_not_noticed(Fault fault) throws Exception {
    Backend line =
        new RetryingBackend(
            new FaultyBackend(Fixture.backend(root), fault, k -> true, 2), wait -> {});
    try (Repository repository =
        Repositories.open(line, Fixture.SETTINGS, Fixture.password()).lock(false)) {
      new Backup(repository, new Progress())
          .run(new Backup.Job(List.of(source), List.of(), List.of(), true, false, 2));
    }
    try (Repository repository = Fixture.open(root).lock(true)) {
      assertThat(new Check(repository, new Progress()).run(Subset.ALL, 2)).isEmpty();
      assertThat(repository.snapshots()).hasSize(1);
    }
  }
}
