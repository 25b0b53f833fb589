package org.kiban.backup.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
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

/**
 * A repository at a real server with object lock, in a new bucket: whoever has the credential
 * removes and writes over everything, and all of it comes back. What it stores stays for a day.
 */
@EnabledIfSystemProperty(named = "kiban.s3.endpoint", matches = "http.*")
class RetainingServerTest {

  private static final String ENDPOINT = System.getProperty("kiban.s3.endpoint");
  private static final String SECRET = System.getProperty("kiban.s3.secret", "kiban:kiban-secret");
  private static final String BUCKET = "kiban-" + UUID.randomUUID();

  @TempDir private Path directory;
  private S3Requests requests;
  private Path source;
  private Id tree;

  @BeforeEach
  void givenARepository() throws Exception {
    String[] secret = SECRET.split(":", 2);
    requests =
        new S3Requests(
            address(""),
            new S3Signature(secret[0], secret[1], "us-east-1"),
            InstantSource.system(),
            bytes -> {},
            bytes -> {});
    Map<String, String> lock = Map.of("x-amz-bucket-object-lock-enabled", "true");
    assertThat(requests.send("PUT", "", Map.of(), lock).status()).isEqualTo(200);
    source = Files.createDirectory(directory.resolve("source"));
    byte[] content = new byte[3_000_000];
    new Random(1).nextBytes(content);
    Files.write(source.resolve("住民.csv"), content);
    Repositories.create(backend(), Fixture.SETTINGS, Fixture.password());
    try (Repository repository = open()) {
      tree =
          new Backup(repository, new Progress())
              .run(new Backup.Job(List.of(source), List.of(), List.of(), true, false, 2))
              .snapshot()
              .tree();
    }
  }

  private static S3Address address(String prefix) {
    return new S3Address(URI.create(ENDPOINT), BUCKET, prefix, "us-east-1", true);
  }

  private S3Backend backend() {
    return new S3Backend(
        address("332020"),
        SECRET,
        Optional.of(new ObjectLock("COMPLIANCE", Duration.ofDays(1))),
        InstantSource.system(),
        bytes -> {},
        bytes -> {});
  }

  private Repository open() throws IOException {
    return Repositories.open(backend(), Fixture.SETTINGS, Fixture.password()).lock(false);
  }

  private List<String> held() throws IOException {
    List<String> keys = new ArrayList<>(List.of("332020/config"));
    for (Kind kind : List.of(Kind.PACK, Kind.INDEX, Kind.SNAPSHOT, Kind.KEY)) {
      backend().list(kind).forEach(e -> keys.add("332020/" + kind.path(e.name())));
    }
    return keys;
  }

  @Test
  void givenAllWasRemovedAndWrittenOverWhenBroughtBackThenNothingIsLost() throws Exception {
    // given
    assertThat(backend().list(Kind.LOCK)).as("its own locks went").isEmpty();
    List<String> held = held();
    for (String key : held) {
      String first =
          requests
              .send("HEAD", key, Map.of(), Map.of())
              .response()
              .headers()
              .firstValue("x-amz-version-id")
              .orElseThrow();
      assertThat(requests.send("DELETE", key, Map.of(), Map.of()).status()).isEqualTo(204);
      byte[] junk = {'x'};
      requests.put(key, Map.of(), junk, 1, S3Signature.hash(junk, 1));
      requests.send("DELETE", key, Map.of(), Map.of());
      assertThat(requests.send("DELETE", key, Map.of("versionId", first), Map.of()).status())
          .as("retained")
          .isEqualTo(403);
    }
    assertThatThrownBy(this::open).isInstanceOf(KibanException.class);

    // when
    int count = backend().bringBack();

    // then
    assertThat(count).isEqualTo(held.size());
    assertThat(backend().bringBack()).as("nothing is left to do").isZero();
    Progress progress = new Progress();
    Path target = directory.resolve("target");
    try (Repository repository = open()) {
      repository.loadIndex();
      new Restore(repository, progress, false).run(tree, List.of(), target, 2);
    }
    assertThat(progress.problems()).isEmpty();
    assertThat(target.resolve(Path.of("/").relativize(source)).resolve("住民.csv"))
        .hasSameBinaryContentAs(source.resolve("住民.csv"));
  }
}
