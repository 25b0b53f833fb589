package org.kiban.backup.blank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.Fixture;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.run.Backup;
import org.kiban.backup.run.Progress;
import org.kiban.backup.source.NodeFacts;
import org.kiban.backup.source.Tree;
import org.kiban.backup.source.Views;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.backup.BackupSource;
import org.kiban.core.storage.DurableFiles;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;

/** An empty machine becomes the node of a backup, however often it is broken off. */
class BlankNodeTest {

  private static final List<String> NAMES = List.of("kiban-test");

  @TempDir Path folder;
  private Path repository;
  private Path data;
  private Path etc;

  /** A node with a municipality, a file that moved while it was saved, and two settings. */
  @BeforeEach
  void givenABackupOfANode() throws IOException {
    Path oldData = Files.createDirectories(folder.resolve("old/デー タ")).toRealPath();
    Path oldEtc = Files.createDirectories(folder.resolve("old/etc")).toRealPath();
    write(oldData.resolve("node/security/data.key"), "key");
    write(oldData.resolve("332020/exchange/store/1.segment"), "stored");
    write(oldData.resolve("332020/exchange/in/031/a.csv"), "arrived");
    write(oldEtc.resolve("org.kiban.node.cfg.json"), "{ \"node-name\": \"old\" }");
    write(oldEtc.resolve("program.cfg"), "of the old version");
    write(oldEtc.resolve("users.properties"), "admin = hash");
    write(folder.resolve("volume/master.key"), "master");
    repository = folder.resolve("repository");
    Fixture.create(repository).close();
    try (Views views =
        Views.prepare(
            List.of(
                new Tree(
                    List.of(oldData, oldEtc, folder.toRealPath().resolve("volume/master.key")),
                    List.of()),
                new NodeFacts(oldData, oldEtc),
                new Kept(oldData.resolve("332020/exchange/in"))),
            oldData.resolve(NodeFacts.VIEW),
            new JournalsComponent(new DurableFilesComponent()),
            Optional.empty())) {
      Files.delete(oldData.resolve("332020/exchange/in/031/a.csv"));
      save(views.paths(), views.excludes());
    }
    Files.delete(folder.resolve("volume/master.key"));
    data = folder.resolve("new/data");
    etc = Files.createDirectories(folder.resolve("new/etc"));
    write(folder.resolve("new/home/lib/kiban/program-files"), "program.cfg\nusers.properties\n");
    write(etc.resolve("program.cfg"), "of the new version");
  }

  private record Kept(Path tree) implements BackupSource {
    @Override
    public String name() {
      return "kept";
    }

    @Override
    public Optional<MunicipalityCode> municipality() {
      return Optional.empty();
    }

    @Override
    public View prepare(Staging staging) throws IOException {
      staging.keep(tree);
      return new Tree(List.of(), List.of());
    }
  }

  @Test
  void whenRestoredThenEverythingIsInItsPlaceOnThisMachine() throws IOException {
    restore(new DurableFilesComponent(), NAMES);
    assertThat(found()).isEqualTo(whole());
    assertThat(folder.resolve("volume/master.key")).hasContent("master");
  }

  @Test
  void whenKilledAnywhereThenTheNextRunEndsWell() throws IOException {
    int kills = 0;
    for (int step = 1; ; step++) {
      remove(data);
      Files.deleteIfExists(etc.resolve("org.kiban.node.cfg.json"));
      Files.deleteIfExists(etc.resolve("users.properties"));
      try {
        restore(new Mortal(step), NAMES);
        break;
      } catch (IllegalStateException killed) {
        kills++;
      }
      restore(new DurableFilesComponent(), NAMES);
      assertThat(found()).as("killed at step %d", step).isEqualTo(whole());
    }
    assertThat(kills).isGreaterThan(4);
  }

  @Test
  void givenAnotherNodesBackupThenItsNameMustBeSaid() throws IOException {
    assertThatThrownBy(() -> restore(new DurableFilesComponent(), List.of("new-machine")))
        .isInstanceOf(KibanException.class)
        .hasMessageContaining("KBN-BACKUP-050")
        .hasMessageContaining("kiban-test");
    assertThat(data).doesNotExist();
    restore(new DurableFilesComponent(), List.of("new-machine", "kiban-test"));
    assertThat(found()).isEqualTo(whole());
  }

  @Test
  void givenAMachineThatIsANodeThenItIsLeftAlone() throws IOException {
    write(data.resolve("node/security/data.key"), "another");
    assertThatThrownBy(() -> restore(new DurableFilesComponent(), NAMES))
        .hasMessageContaining("KBN-BACKUP-051");
    assertThat(data.resolve("node/security/data.key")).hasContent("another");
  }

  @Test
  void givenARepositoryOfWhichAPackIsMissingThenNothingIsRestored() throws IOException {
    try (Stream<Path> packs = Files.walk(repository.resolve("data"))) {
      Files.delete(packs.filter(Files::isRegularFile).findFirst().orElseThrow());
    }
    assertThatThrownBy(() -> restore(new DurableFilesComponent(), NAMES))
        .hasMessageContaining("KBN-BACKUP-052");
    assertThat(data).doesNotExist();
  }

  @Test
  void givenASnapshotOfSomethingElseThenItIsRefused() throws IOException {
    save(List.of(etc), List.of());
    assertThatThrownBy(() -> restore(new DurableFilesComponent(), NAMES))
        .hasMessageContaining("KBN-BACKUP-053");
    assertThat(data).doesNotExist();
  }

  @Test
  void givenAnotherRestoreThatWasBegunThenItIsNotMixed() throws IOException {
    assertThatThrownBy(() -> restore(new Mortal(2), NAMES))
        .isInstanceOf(IllegalStateException.class);
    repository = folder.resolve("second");
    Fixture.create(repository).close();
    save(List.of(etc), List.of());
    assertThatThrownBy(() -> restore(new DurableFilesComponent(), NAMES))
        .hasMessageContaining("KBN-BACKUP-054");
  }

  /** Durable files of a process that dies before its n-th operation. */
  private static final class Mortal implements DurableFiles {
    private final DurableFiles files = new DurableFilesComponent();
    private int left;

    Mortal(int left) {
      this.left = left;
    }

    private void live() {
      if (--left <= 0) {
        throw new IllegalStateException("killed");
      }
    }

    @Override
    public void write(Path target, Content content) throws IOException {
      live();
      files.write(target, content);
    }

    @Override
    public void move(Path source, Path target) throws IOException {
      live();
      files.move(source, target);
    }

    @Override
    public void delete(Path file) throws IOException {
      live();
      files.delete(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
      files.syncDirectory(directory);
    }
  }

  private void restore(DurableFiles files, List<String> names) throws IOException {
    try (Repository open = Fixture.open(repository)) {
      new BlankNode(
              data,
              new Installation(folder.resolve("new/home"), etc, false, files),
              files,
              new Progress())
          .restore(open, names);
    }
  }

  private Map<String, String> found() throws IOException {
    Map<String, String> found = new TreeMap<>();
    for (Path root : List.of(data, etc)) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          found.put(folder.resolve("new").relativize(file).toString(), Files.readString(file));
        }
      }
    }
    found.remove("data/node/backup/node.json");
    return found;
  }

  private static Map<String, String> whole() {
    return Map.of(
        "data/node/security/data.key", "key",
        "data/332020/exchange/store/1.segment", "stored",
        "data/332020/exchange/in/031/a.csv", "arrived",
        "etc/org.kiban.node.cfg.json", "{ \"node-name\": \"old\" }",
        "etc/users.properties", "admin = hash",
        "etc/program.cfg", "of the new version");
  }

  private void save(List<Path> paths, List<String> excludes) throws IOException {
    try (Repository open = Fixture.open(repository).lock(false)) {
      Progress progress = new Progress();
      new Backup(open, progress).run(new Backup.Job(paths, List.of(), excludes, true, false, 2));
      assertThat(progress.problems()).isEmpty();
    }
  }

  private static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static void remove(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> all = Files.walk(tree)) {
        for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
