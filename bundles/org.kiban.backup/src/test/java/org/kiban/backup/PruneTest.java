package org.kiban.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.repository.Repositories;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.run.Check;
import org.kiban.backup.run.Copy;
import org.kiban.backup.run.Forget;
import org.kiban.backup.run.Progress;
import org.kiban.backup.run.Prune;
import org.kiban.backup.run.Retention;
import org.kiban.backup.run.Subset;

/** What is forgotten goes, what is kept stays whole, wherever the work is broken off. */
class PruneTest {

  private static final Retention LAST = new Retention(Map.of("last", 1), "", List.of());

  @TempDir private Path directory;
  private Path root;
  private Path source;

  @BeforeEach
  void givenThreeSnapshots() throws IOException {
    root = directory.resolve("repository");
    source = Files.createDirectory(directory.resolve("source"));
    Fixture.create(root).close();
    for (int day = 0; day < 3; day++) {
      for (int i = 0; i < 6; i++) {
        int content = i < 3 ? i : 100 * day + i;
        Files.write(source.resolve("file" + i), Fixture.random(content, 150_000));
      }
      Fixture.save(root, source);
    }
  }

  private long size() throws IOException {
    try (Stream<Path> walk = Files.walk(root.resolve("data"))) {
      return walk.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
    }
  }

  private static List<Check.Finding> check(Repository repository) throws IOException {
    return new Check(repository, new Progress()).run(Subset.ALL, 2);
  }

  @Test
  void removes_what_only_forgotten_snapshots_needed() throws Exception {
    long before = size();
    try (Repository repository = Fixture.open(root).lock(true)) {
      assertThat(Forget.run(repository, s -> true, LAST, true)).hasSize(2);
      assertThat(Forget.run(repository, s -> true, LAST, false)).hasSize(2);
      Prune.Result planned = new Prune(repository, new Progress()).run(true);
      assertThat(size()).isEqualTo(before);
      assertThat(new Prune(repository, new Progress()).run(false)).isEqualTo(planned);
      assertThat(planned.freed()).isGreaterThan(2 * 3 * 150_000);
      assertThat(check(repository)).isEmpty();
    }
    assertThat(size()).isLessThan(before - 2 * 3 * 150_000);
    restores(root);
    new StockRestic(root, Fixture.PASSWORD, directory).done("check", "--read-data");
  }

  private void restores(Path repository) throws IOException {
    Path target = Files.createTempDirectory(directory, "restored");
    try (Repository r = Fixture.open(repository)) {
      Snapshot newest = r.snapshot("latest");
      assertThat(Fixture.restore(repository, newest.tree(), target).problems()).isEmpty();
    }
    Path below = target.resolve(Path.of("/").relativize(source));
    assertThat(Fixture.describe(below)).isEqualTo(Fixture.describe(source));
  }

  @Test
  void broken_off_at_any_write_it_leaves_a_whole_repository() throws Exception {
    try (Repository repository = Fixture.open(root).lock(true)) {
      Forget.run(repository, s -> true, LAST, false);
    }
    for (int writes = 0; ; writes++) {
      Path copy = directory.resolve("copy" + writes);
      copy(root, copy);
      boolean broken = false;
      try (Repository repository =
          Repositories.open(new BreakingBackend(copy, writes), Fixture.SETTINGS, Fixture.password())
              .lock(true)) {
        new Prune(repository, new Progress()).run(false);
      } catch (IOException e) {
        broken = true;
      }
      try (Repository repository = Fixture.open(copy)) {
        repository.unlock(true);
        repository.lock(true);
        assertThat(check(repository)).noneMatch(Check.Finding::serious);
        new Prune(repository, new Progress()).run(false);
        assertThat(check(repository)).isEmpty();
      }
      restores(copy);
      if (!broken) {
        assertThat(writes).isGreaterThan(5);
        return;
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path path : walk.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    }
  }

  @Test
  void refuses_to_prune_while_something_is_damaged() throws IOException {
    try (Stream<Path> indexes = Files.list(root.resolve("index"))) {
      Files.delete(indexes.findFirst().orElseThrow());
    }
    long before = size();
    try (Repository repository = Fixture.open(root).lock(true)) {
      assertThatThrownBy(() -> new Prune(repository, new Progress()).run(false))
          .isInstanceOf(IOException.class);
    }
    assertThat(size()).isEqualTo(before);
  }

  @Test
  void copies_to_another_repository_what_is_not_there() throws Exception {
    Path other = directory.resolve("other");
    Fixture.create(other).close();
    try (Repository from = Fixture.open(root).lock(false);
        Repository to = Fixture.open(other).lock(false)) {
      assertThat(new Copy(from, to, new Progress()).run()).hasSize(3);
      assertThat(new Copy(from, to, new Progress()).run()).isEmpty();
      assertThat(to.snapshots()).hasSize(3).allMatch(s -> s.parent().isEmpty());
    }
    restores(other);
    new StockRestic(other, Fixture.PASSWORD, directory).done("check", "--read-data");
  }
}
