package org.kiban.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kiban.backup.drill.Drill;
import org.kiban.backup.drill.DrillTest;
import org.kiban.backup.drill.MunicipalFilling;
import org.kiban.backup.job.Notes;
import org.kiban.backup.repository.Repositories;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.run.Backup;
import org.kiban.backup.run.Progress;
import org.kiban.backup.tree.Trees;
import org.kiban.core.NodePaths;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;

/**
 * Drills of one municipality over a real repository that was damaged; the program is a script that
 * plays a node. Each damage is told by its code, and the live node stays as it was.
 */
class DrillDamageTest {

  private static final String CODE = "332020";

  /** Starts only with the node's keys; its ledger is right if it has the hash beside it. */
  private static final String PROGRAM =
      """
      #!/bin/sh
      case $1 in
        start) cat "$KIBAN_DATA/node/security/data.key" "$KIBAN_ETC/org.kiban.municipality~332020.cfg.json" > /dev/null \
            || { echo "KBN-LAUNCH-008: the node ended while starting"; exit 1; } ;;
        exec) cd "$KIBAN_DATA/332020" && sha256sum --quiet -c ledger.sha256 \
            || { echo "KBN-EXCHANGE-040: the ledger is damaged"; exit 1; } ;;
      esac
      """;

  /** Damages of what lies in the repository, and what the drill says of them. */
  enum Damage {
    REPOSITORY_GONE("060", "001"),
    OTHER_KEYS_ONLY("060", "003"),
    CONFIG_FLIPPED("060", "006"),
    KEY_FLIPPED("060", "006"),
    NO_SNAPSHOT("060", "008"),
    SNAPSHOT_FLIPPED("060", "006"),
    INDEX_GONE("060", "010"),
    INDEX_FLIPPED("060", "006"),
    PACKS_GONE("060", "010"),
    PACKS_FLIPPED("060", "010"),
    DATA_CUT("060", "010"),
    LOCKED_BY_ANOTHER("060", "005"),
    LEDGER_WRONG("062", ""),
    SETTINGS_NOT_SAVED("061", "");

    private final String code;
    private final String cause;

    Damage(String code, String cause) {
      this.code = "KBN-BACKUP-" + code;
      this.cause = cause.isEmpty() ? "" : "KBN-BACKUP-" + cause;
    }
  }

  @TempDir Path folder;
  private Path data;
  private Path etc;
  private Path place;
  private Vault vault;
  private Drill drill;

  @BeforeEach
  void givenAMunicipalityThatIsSaved() throws IOException {
    data = Files.createDirectories(folder.resolve("データ")).toRealPath();
    etc = Files.createDirectories(folder.resolve("etc")).toRealPath();
    place = folder.resolve("repository");
    write(data.resolve("node/security/data.key"), "key");
    write(data.resolve("372013/ledger"), "another's");
    write(data.resolve(CODE + "/ledger"), "entries\n");
    write(
        data.resolve(CODE + "/ledger.sha256"),
        Repository.hash("entries\n".getBytes(), 0, 8) + "  ledger\n");
    write(etc.resolve("org.kiban.node.cfg.json"), "{}");
    write(etc.resolve("org.kiban.municipality~372013.cfg.json"), "{}");
    write(etc.resolve("org.kiban.municipality~332020.cfg.json"), "{}");
    Path program = write(folder.resolve("home/bin/kiban"), PROGRAM);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    NodePaths paths = paths();
    Foundation node =
        new Foundation(
            paths,
            new DurableFilesComponent(),
            new JournalsComponent(new DurableFilesComponent()),
            java.time.Instant::now);
    Owner owner = owner();
    vault = new Vault(owner, config(), node, new Places(paths, owner, config()));
    vault.create();
    drill =
        new Drill(
            CODE,
            folder.resolve("home"),
            folder.resolve("drill"),
            new Notes(new DurableFilesComponent(), folder.resolve("drills.json")),
            InstantSource.system());
  }

  @Test
  void givenNoDamageThenTheDrillSucceedsWithThisMunicipalityAlone() throws Exception {
    assumeThat(DrillTest.mayBeIsolated()).isTrue();
    save(data.resolve(CODE), etc.resolve("org.kiban.municipality~332020.cfg.json"));
    assertThat(drill().municipalities()).containsExactly(CODE);
    assertThat(drill.last().failure()).isEmpty();
    assertThat(folder.resolve("drill")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void givenADamageThenTheDrillFailsWithItsCodeAndTheNodeIsAsItWas(Damage damage) throws Exception {
    assumeThat(damage.cause.isEmpty() && !DrillTest.mayBeIsolated()).isFalse();
    if (damage == Damage.LEDGER_WRONG) {
      write(data.resolve(CODE + "/ledger"), "entrie5\n");
    }
    save(
        damage == Damage.SETTINGS_NOT_SAVED
            ? List.of(data.resolve(CODE))
            : List.of(data.resolve(CODE), etc.resolve("org.kiban.municipality~332020.cfg.json")));
    damage(damage);
    Map<String, String> before = Fixture.describe(data);
    assertThatThrownBy(this::drill)
        .hasMessageContaining(damage.code)
        .hasMessageContaining(damage.cause);
    assertThat(drill.last().failure()).contains(damage.code, damage.cause);
    assertThat(Fixture.describe(data)).isEqualTo(before);
    assertThat(folder.resolve("drill")).doesNotExist();
  }

  private void damage(Damage damage) throws IOException {
    switch (damage) {
      case REPOSITORY_GONE -> Trees.remove(place);
      case OTHER_KEYS_ONLY -> empty("keys");
      case CONFIG_FLIPPED -> flip("config");
      case KEY_FLIPPED -> flip("keys");
      case NO_SNAPSHOT -> empty("snapshots");
      case SNAPSHOT_FLIPPED -> flip("snapshots");
      case INDEX_GONE -> empty("index");
      case INDEX_FLIPPED -> flip("index");
      case PACKS_GONE -> empty("data");
      case PACKS_FLIPPED -> flip("data");
      case DATA_CUT -> cutLargest();
      case LOCKED_BY_ANOTHER -> lock();
      default -> assertThat(damage.cause).as("not in the repository").isEmpty();
    }
  }

  private List<Path> files(String below) throws IOException {
    try (Stream<Path> all = Files.walk(place.resolve(below))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private void empty(String below) throws IOException {
    for (Path file : files(below)) {
      Files.delete(file);
    }
  }

  private void flip(String below) throws IOException {
    for (Path file : files(below)) {
      byte[] content = Files.readAllBytes(file);
      content[content.length / 2] ^= 1;
      replace(file, content);
    }
  }

  private void cutLargest() throws IOException {
    Path largest =
        files("data").stream()
            .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
            .orElseThrow();
    replace(largest, java.util.Arrays.copyOf(Files.readAllBytes(largest), 100));
  }

  private static void replace(Path file, byte[] content) throws IOException {
    Files.delete(file);
    Files.write(file, content);
  }

  /** Never given back. */
  private void lock() throws IOException {
    Repositories.open(
            Fixture.backend(place),
            new Repository.Settings(InstantSource.system(), "another-host", 3),
            vault.password())
        .lock(true);
  }

  private Drill.Report drill() throws IOException {
    return drill.run(
        new MunicipalFilling(
            CODE, data, etc, target -> vault.restoreNewest(data.resolve(CODE), target)),
        List.of(CODE));
  }

  private void save(Path... paths) {
    save(List.of(paths));
  }

  private void save(List<Path> paths) {
    vault.run(
        BackupAgent.Access.SHARED,
        r ->
            new Backup(r, new Progress())
                .run(new Backup.Job(paths, List.of(), List.of(), true, false, 2)));
  }

  private Owner owner() {
    return new Owner(
        CODE,
        "org.kiban.backup~332020.cfg.json",
        folder.resolve("own"),
        folder,
        data.resolve(CODE),
        () -> new SecretKeySpec(new byte[32], "AES"),
        name -> Optional.empty(),
        List::of,
        List::of);
  }

  /** All defaults, but the place. */
  private BackupConfig config() {
    return (BackupConfig)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BackupConfig.class},
            (proxy, method, arguments) ->
                method.getName().equals("location") ? place.toString() : method.getDefaultValue());
  }

  private static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** Of the node, as far as the vault asks. */
  private NodePaths paths() {
    return (NodePaths)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {NodePaths.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "nodeName" -> "kura1";
                  case "data" -> data;
                  case "etc" -> etc;
                  case "home" -> folder.resolve("home");
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
