package org.kiban.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.repository.DamagedException;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.Repositories;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.run.Check;
import org.kiban.backup.run.Progress;
import org.kiban.backup.run.Restore;
import org.kiban.backup.run.Subset;

/** Every damage is found and named, and what is not damaged still restores. */
class DamageTest {

  @TempDir private Path directory;
  private Path root;
  private Path source;
  private Id tree;
  private Id laterTree;

  @BeforeEach
  void givenARepository() throws IOException {
    root = directory.resolve("repository");
    source = Files.createDirectory(directory.resolve("source"));
    for (int i = 0; i < 4; i++) {
      Files.write(source.resolve("file" + i), Fixture.random(i, 300_000));
    }
    Fixture.create(root).close();
    tree = Fixture.save(root, source).snapshot().tree();
    Files.write(source.resolve("later"), Fixture.random(9, 200_000));
    laterTree = Fixture.save(root, source).snapshot().tree();
  }

  private List<Check.Finding> check() throws IOException {
    try (Repository repository = Fixture.open(root).lock(true)) {
      return new Check(repository, new Progress()).run(Subset.ALL, 2);
    }
  }

  private List<Path> files(String kind) throws IOException {
    try (Stream<Path> walk = Files.walk(root.resolve(kind))) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private String name(Path file) {
    return root.relativize(file).toString();
  }

  @Test
  void a_whole_repository_has_none() throws IOException {
    assertThat(check()).isEmpty();
  }

  @Test
  void no_single_flipped_byte_in_any_file_goes_unnoticed() throws IOException {
    Random random = new Random(20261123);
    for (String kind : List.of("keys", "snapshots", "index", "data", "config")) {
      for (Path file : files(kind)) {
        byte[] right = Files.readAllBytes(file);
        for (int i = 0; i < (kind.equals("data") ? 12 : 6); i++) {
          byte[] wrong = right.clone();
          int at = random.nextInt(wrong.length);
          wrong[at] ^= (byte) (1 << random.nextInt(8));
          Files.write(file, wrong);

          assertThat(isNoticed(file)).as("%s at %d", name(file), at).isTrue();
        }
        Files.write(file, right);
      }
    }
    assertThat(check()).isEmpty();
  }

  private boolean isNoticed(Path file) throws IOException {
    try {
      return check().stream().anyMatch(f -> f.serious() && f.file().equals(name(file)));
    } catch (DamagedException e) {
      return e.file().equals(name(file));
    }
  }

  @Test
  void a_pack_that_is_cut_short_missing_or_swapped_is_named_and_the_rest_restores()
      throws IOException {
    List<Path> packs = files("data");
    byte[] first = Files.readAllBytes(packs.get(0));
    byte[] second = Files.readAllBytes(packs.get(1));

    Files.write(packs.get(0), java.util.Arrays.copyOf(first, first.length - 100));
    assertThat(check()).anyMatch(f -> f.serious() && f.file().equals(name(packs.get(0))));

    Files.write(packs.get(0), second);
    Files.write(packs.get(1), first);
    assertThat(check())
        .anyMatch(f -> f.serious() && f.file().equals(name(packs.get(0))))
        .anyMatch(f -> f.serious() && f.file().equals(name(packs.get(1))));

    Files.write(packs.get(0), first);
    Files.write(packs.get(1), second);
    assertThat(check()).isEmpty();
    // Alone in a pack of its own, whatever packs chance has given the others.
    Path data = packOf("later");
    Files.delete(data);
    assertThat(check())
        .anyMatch(
            f -> f.serious() && f.file().equals(name(data)) && f.reason().equals("is missing"));
    Progress progress = Fixture.restore(root, laterTree, directory.resolve("restored"));
    Path restored = directory.resolve("restored").resolve(Path.of("/").relativize(source));
    assertThat(progress.problemCount()).isEqualTo(1);
    assertThat(progress.problems()).allMatch(p -> p.contains(name(data)));
    try (Stream<Path> whole = Files.list(restored)) {
      assertThat(whole.count()).isEqualTo(4);
    }
  }

  /** The pack that holds the blob of a file. */
  private Path packOf(String file) throws IOException {
    byte[] content = Files.readAllBytes(source.resolve(file));
    try (Repository repository = Fixture.open(root)) {
      repository.loadIndex();
      Id blob = Repository.hash(content, 0, content.length);
      Id pack =
          repository
              .index()
              .pack(
                  repository.index().find(org.kiban.backup.repository.BlobType.DATA, blob).pack());
      return root.resolve("data/" + pack.toString().substring(0, 2) + "/" + pack);
    }
  }

  @Test
  void a_copy_of_a_file_under_another_name_is_named() throws IOException {
    Path pack = files("data").get(0);
    Path other = root.resolve("data/00/" + "0".repeat(64));
    Files.copy(pack, other);
    Path snapshot = root.resolve("snapshots/" + "1".repeat(64));
    Files.copy(files("snapshots").get(0), snapshot);

    assertThat(check())
        .anyMatch(f -> f.serious() && f.file().equals(name(other)))
        .anyMatch(f -> f.serious() && f.file().equals(name(snapshot)));
  }

  @Test
  void without_an_index_file_the_packs_themselves_tell() throws IOException {
    Path index = files("index").get(0);
    Files.write(index, Fixture.random(1, 500));

    assertThat(check()).anyMatch(f -> f.serious() && f.file().equals(name(index)));
    try (Repository repository = Fixture.open(root).lock(false)) {
      Progress progress = new Progress();
      repository.loadIndex(d -> progress.problem(d.getMessage()));
      new Restore(repository, progress, false)
          .run(tree, List.of(), directory.resolve("restored"), 2);
      assertThat(progress.problems()).singleElement().asString().contains(name(index));
      assertThat(progress.files()).isEqualTo(4);
    }
  }

  @Test
  void a_repository_from_before_the_last_run_lacks_what_came_later() throws IOException {
    List<Path> indexes = files("index");
    Path old = directory.resolve("old");
    for (Path index : indexes) {
      Files.move(index, old, StandardCopyOption.REPLACE_EXISTING);
      assertThat(check()).as(name(index)).anyMatch(Check.Finding::serious);
      Files.move(old, index);
    }
  }

  @Test
  void a_wrong_password_and_a_missing_repository_are_told_apart() throws IOException {
    assertThatThrownBy(
            () ->
                Repositories.open(
                    Fixture.backend(root),
                    Fixture.SETTINGS,
                    new Repository.Password("wrong", false)))
        .hasMessageStartingWith("KBN-BACKUP-003");
    Files.delete(root.resolve("config"));
    assertThatThrownBy(() -> Fixture.open(root)).hasMessageStartingWith("KBN-BACKUP-001");
  }

  @Test
  void a_lock_of_someone_else_is_respected_until_it_is_stale() throws IOException {
    try (Repository first = Fixture.open(root).lock(false);
        Repository second = Fixture.open(root).lock(false);
        Repository third = Fixture.open(root)) {
      assertThat(first.isAlone()).isFalse();
      assertThat(second.isAlone()).isFalse();
      assertThatThrownBy(() -> third.lock(true))
          .hasMessageStartingWith("KBN-BACKUP-005")
          .hasMessageContaining(String.valueOf(ProcessHandle.current().pid()));
    }
    assertThat(files("locks")).isEmpty();
  }
}
