package org.kiban.update.tuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.KibanException;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.update.UpdateCode;

/**
 * The scenarios that the TUF project holds clients to, each on our client and on an independent one
 * at the same time: both must come to the same. Where the other one is laxer, the test says so.
 */
abstract class Conformance {

  static final Instant NOW = Instant.parse("2026-11-23T01:02:03Z");

  @TempDir Path folder;

  Repository repository;
  Path state;
  Other other;

  @BeforeEach
  void givenARepository() throws IOException {
    repository = new Repository(folder.resolve("repository"), NOW);
    state = Files.createDirectories(folder.resolve("state"));
    Path anchor = Files.write(folder.resolve("root.json"), repository.anchor());
    other = new Other(repository.folder(), folder.resolve("other"), anchor);
  }

  TufClient client() {
    return new TufClient(state, new DurableFilesComponent(), repository.anchor());
  }

  TufClient.Trusted accepted(Instant now) {
    TufClient.Trusted trusted = client().update(repository.folder(), now);
    assertThat(other.update(now)).as("the other client").isEmpty();
    return trusted;
  }

  TufClient.Trusted accepted() {
    return accepted(NOW);
  }

  void refused(UpdateCode code) {
    refusedByOurs(code, NOW);
    assertThat(other.update(NOW)).as("the other client").isNotEmpty();
  }

  void refusedByOurs(UpdateCode code, Instant now) {
    assertThatThrownBy(() -> client().update(repository.folder(), now))
        .isInstanceOfSatisfying(KibanException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  byte[] kept(String name) throws IOException {
    return Files.exists(state.resolve(name)) ? Files.readAllBytes(state.resolve(name)) : null;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
