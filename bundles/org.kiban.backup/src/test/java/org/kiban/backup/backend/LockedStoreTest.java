package org.kiban.backup.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.Fixture;
import org.kiban.backup.backend.Backend.Kind;
import org.kiban.backup.backend.S3Backend.ObjectLock;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.Repositories;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.run.Backup;
import org.kiban.backup.run.Progress;
import org.kiban.backup.run.Restore;
import org.kiban.core.KibanException;
import org.kiban.platform.remote.S3Address;
import org.kiban.platform.remote.S3Requests;
import org.kiban.platform.remote.S3Signature;

/** A repository in a bucket that lets nobody remove what is retained, and a node gone bad. */
class LockedStoreTest {

  private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");
  private static final String NODE = "node:key";
  private static final String ADMIN = "admin:key";

  @TempDir private Path directory;
  private LockedStore store;
  private Path source;
  private Id tree;

  @BeforeEach
  void givenARepository() throws Exception {
    store = new LockedStore(NOW);
    source = Files.createDirectory(directory.resolve("source"));
    byte[] content = new byte[3_000_000];
    new Random(1).nextBytes(content);
    Files.write(source.resolve("住民.csv"), content);
    Repositories.create(backend(NODE), Fixture.SETTINGS, Fixture.password());
    try (Repository repository = open()) {
      tree =
          new Backup(repository, new Progress())
              .run(new Backup.Job(List.of(source), List.of(), List.of(), true, false, 2))
              .snapshot()
              .tree();
    }
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private S3Backend backend(String secret) {
    return new S3Backend(
        new S3Address(store.endpoint(), "box", "332020", "jp-east", true),
        secret,
        Optional.of(new ObjectLock("COMPLIANCE", Duration.ofDays(30))),
        InstantSource.fixed(NOW),
        bytes -> {},
        bytes -> {});
  }

  private Repository open() throws IOException {
    return Repositories.open(backend(NODE), Fixture.SETTINGS, Fixture.password()).lock(false);
  }

  private void thenAllIsRestored() throws IOException {
    Path target = directory.resolve("target");
    Progress progress = new Progress();
    try (Repository repository = open()) {
      repository.loadIndex();
      new Restore(repository, progress, false).run(tree, List.of(), target, 2);
    }
    assertThat(progress.problems()).isEmpty();
    Path restored = target.resolve(Path.of("/").relativize(source)).resolve("住民.csv");
    assertThat(restored).hasSameBinaryContentAs(source.resolve("住民.csv"));
  }

  private List<String> held() {
    return store.keys().stream().filter(k -> !k.contains("/locks/")).toList();
  }

  @Test
  void givenACredentialThatCannotDeleteThenTheNodeWorksAndRemovesNothingButLocks()
      throws Exception {
    // when, then
    for (Kind kind : List.of(Kind.PACK, Kind.INDEX, Kind.SNAPSHOT, Kind.KEY)) {
      String name = backend(NODE).list(kind).get(0).name();
      assertThatThrownBy(() -> backend(NODE).delete(kind, name))
          .isInstanceOf(KibanException.class)
          .hasMessageContaining("AccessDenied");
    }
    assertThat(backend(NODE).list(Kind.LOCK)).as("its own locks went").isEmpty();
    thenAllIsRestored();
  }

  @Test
  void givenAllWasRemovedAndWrittenOverWhenBroughtBackThenNothingIsLost() throws Exception {
    // given
    S3Requests stolen = requests();
    for (String key : held()) {
      assertThat(stolen.send("DELETE", key, Map.of(), Map.of()).status()).isEqualTo(204);
      byte[] junk = {'x'};
      stolen.put(key, Map.of(), junk, 1, S3Signature.hash(junk, 1));
      stolen.send("DELETE", key, Map.of(), Map.of());
      String first = store.versions(key).get(0);
      assertThat(stolen.send("DELETE", key, Map.of("versionId", first), Map.of()).status())
          .as("retained")
          .isEqualTo(403);
    }
    assertThatThrownBy(this::open).isInstanceOf(KibanException.class);

    // when
    int count = backend(ADMIN).bringBack();

    // then
    assertThat(count).isEqualTo(held().size());
    assertThat(backend(ADMIN).bringBack()).as("nothing is left to do").isZero();
    thenAllIsRestored();
  }

  @Test
  void givenTheTimeIsOverThenAVersionCanGo() throws Exception {
    // given
    String key = held().get(0);
    Map<String, String> first = Map.of("versionId", store.versions(key).get(0));
    assertThat(requests().send("DELETE", key, first, Map.of()).status()).isEqualTo(403);

    // when
    store.at(NOW.plus(Duration.ofDays(30)));

    // then
    assertThat(requests().send("DELETE", key, first, Map.of()).status()).isEqualTo(204);
  }

  private S3Requests requests() {
    return new S3Requests(
        new S3Address(store.endpoint(), "box", "", "jp-east", true),
        new S3Signature("admin", "key", "jp-east"),
        InstantSource.fixed(NOW),
        bytes -> {},
        bytes -> {});
  }
}
