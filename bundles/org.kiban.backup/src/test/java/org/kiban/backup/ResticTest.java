package org.kiban.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.repository.BlobType;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.Keyring;
import org.kiban.backup.repository.Repositories;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.run.Backup;
import org.kiban.backup.tree.TreeReader;

/** What we write, the stock restic reads, and the other way round. */
class ResticTest {

  @TempDir private Path directory;
  private Path root;
  private Path source;
  private StockRestic restic;

  @BeforeEach
  void givenASourceThatIsHardToSave() throws Exception {
    root = directory.resolve("repository");
    source = Fixture.hardTree(directory.resolve("source"));
    restic = new StockRestic(root, Fixture.PASSWORD, directory);
  }

  @Test
  void restic_checks_and_restores_what_we_saved() throws Exception {
    Fixture.create(root).close();
    Backup.Result saved = Fixture.save(root, source);

    restic.done("check", "--read-data");
    Path target = directory.resolve("restored");
    restic.done("restore", saved.snapshot().id().toString(), "--target", target.toString());

    assertThat(Fixture.describe(below(target))).isEqualTo(Fixture.describe(source));
  }

  @Test
  void a_directory_has_the_same_tree_whoever_saves_it() throws Exception {
    Fixture.create(root).close();
    Fixture.save(root, source);

    restic.done("backup", "--force", source.toString());
    restic.done("backup", source.toString());

    assertThat(trees()).hasSize(3);
    assertThat(Set.copyOf(trees())).hasSize(1);
  }

  @Test
  void we_restore_what_restic_saved_and_add_to_it_in_turn() throws Exception {
    restic.done("init");
    restic.done("backup", source.toString());

    Path target = directory.resolve("restored");
    assertThat(Fixture.restore(root, newest(), target).problems()).isEmpty();
    assertThat(Fixture.describe(below(target))).isEqualTo(Fixture.describe(source));

    Fixture.save(root, source);
    Files.writeString(source.resolve("new"), "新しい");
    assertThat(Fixture.save(root, source).parent()).isPresent();
    restic.done("backup", source.toString());
    List<Id> trees = trees();
    assertThat(trees.get(1)).isEqualTo(trees.get(0)).isNotEqualTo(trees.get(2));
    assertThat(trees.get(3)).isEqualTo(trees.get(2));
    restic.done("check", "--read-data");
  }

  @Test
  void passwords_that_either_adds_open_the_repository() throws Exception {
    Fixture.create(root).close();
    Path other = Files.writeString(directory.resolve("other"), "second");
    restic.done("key", "add", "--new-password-file", other.toString());

    try (Repository opened =
        Repositories.open(
            Fixture.backend(root), Fixture.SETTINGS, new Repository.Password("second", false))) {
      new Keyring(opened).add(new Repository.Password("third", false));
    }

    new StockRestic(root, "third", directory).done("check");
  }

  private Path below(Path target) {
    return target.resolve(Path.of("/").relativize(source));
  }

  private Id newest() throws Exception {
    try (Repository repository = Fixture.open(root)) {
      List<Snapshot> all = repository.snapshots();
      return all.get(all.size() - 1).tree();
    }
  }

  /** The trees of the source, not of what is above: others work in there meanwhile. */
  private List<Id> trees() throws Exception {
    List<Id> trees = new ArrayList<>();
    try (Repository repository = Fixture.open(root)) {
      List<Snapshot> snapshots = repository.snapshots();
      repository.loadIndex();
      for (Snapshot snapshot : snapshots) {
        Id tree = snapshot.tree();
        for (Path name : source) {
          Id of = tree;
          tree =
              TreeReader.read(repository.load(BlobType.TREE, of), of).stream()
                  .filter(n -> n.display().equals(name.toString()))
                  .findFirst()
                  .orElseThrow()
                  .subtree();
        }
        trees.add(tree);
      }
    }
    return trees;
  }
}
