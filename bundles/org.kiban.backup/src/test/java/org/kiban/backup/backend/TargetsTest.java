package org.kiban.backup.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.Fixture;
import org.kiban.backup.backend.Backend.Kind;
import org.kiban.backup.repository.Keyring;
import org.kiban.backup.repository.Repositories;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.run.Backup;
import org.kiban.backup.run.Forget;
import org.kiban.backup.run.Progress;
import org.kiban.backup.run.Prune;
import org.kiban.backup.run.Retention;
import org.kiban.core.KibanException;
import org.kiban.platform.remote.S3Address;
import org.kiban.platform.remote.SftpAddress;
import org.kiban.storage.DurableFilesComponent;

/** From what an operator writes to a place, with no more rights than are needed. */
class TargetsTest {

  private static final String FILE = "org.kiban.backup~332020.cfg.json";
  private static final Target.S3 S3 = new Target.S3("jp-east", false, 0, "COMPLIANCE");

  @TempDir private Path directory;
  private final Map<String, String> secrets = new HashMap<>();
  private final Targets targets =
      new Targets(
          new DurableFilesComponent(),
          InstantSource.system(),
          ZoneOffset.UTC,
          name -> Optional.ofNullable(secrets.get(name)),
          FILE);

  private static Target target(String location, boolean appendOnly, String removal) {
    return new Target(
        location,
        "osaka",
        removal,
        appendOnly,
        List.of("SHA256:x"),
        S3,
        List.of("08:00-18:00 2048"),
        List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "sftp://u@h:2222//srv/a/, u, h, 2222, /srv/a",
    "sftp://u@h/below, u, h, 22, below",
    "sftp://u@[fe80::1]:22//srv, u, fe80::1, 22, /srv",
    "sftp:u@h:/srv/a, u, h, 22, /srv/a",
    "sftp:u@h:below/倉敷, u, h, 22, below/倉敷"
  })
  void an_sftp_address_is_read_as_restic_does(
      String text, String user, String host, int port, String path) {
    assertThat(Targets.sftp(text, List.of()))
        .contains(new SftpAddress(user, host, port, path, List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "s3:https://s3.example.jp/box, https://s3.example.jp, box, ''",
    "s3:http://127.0.0.1:9000/box/a/b/, http://127.0.0.1:9000, box, a/b",
    "s3:s3.example.jp/box/a, https://s3.example.jp, box, a",
    "s3://s3.example.jp/box, https://s3.example.jp, box, ''"
  })
  void a_bucket_is_read_as_restic_does(String text, String endpoint, String bucket, String prefix) {
    assertThat(Targets.s3(text, S3))
        .contains(new S3Address(java.net.URI.create(endpoint), bucket, prefix, "jp-east", true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "relative",
        "",
        "sftp://h//srv",
        "sftp:u@h",
        "s3:https://h",
        "s3:ftp://h/box",
        "http://h/x"
      })
  void anything_else_names_file_and_key(String text) {
    assertThatThrownBy(() -> targets.open(target(text, false, ""), false))
        .isInstanceOfSatisfying(
            KibanException.class, e -> assertThat(e.code()).isEqualTo(BackupMessage.WRONG_SETTING))
        .hasMessageContainingAll(FILE, "location", text);
  }

  @Test
  void a_missing_secret_is_named_and_a_present_one_is_not_shown() {
    Target target = target("s3:https://s3.example.jp/box", false, "");
    assertThatThrownBy(() -> targets.open(target, false))
        .isInstanceOf(KibanException.class)
        .hasMessageContaining("osaka");
    secrets.put("osaka", "geheim");
    assertThatThrownBy(() -> targets.open(target, false))
        .isInstanceOf(KibanException.class)
        .hasMessageNotContaining("geheim");
    assertThat(target.toString()).doesNotContain("geheim");
  }

  @Test
  void wrong_limits_locks_and_missing_host_keys_are_named() {
    secrets.put("osaka", "id:key");
    for (Target wrong :
        List.of(
            new Target(
                "s3:https://h/box", "osaka", "", false, List.of(), S3, List.of("fast"), List.of()),
            new Target(
                "s3:https://h/box",
                "osaka",
                "",
                false,
                List.of(),
                new Target.S3("r", false, 3, "FOREVER"),
                List.of(),
                List.of()),
            new Target(
                "sftp://u@h//srv", "osaka", "", false, List.of(), S3, List.of(), List.of()))) {
      assertThatThrownBy(() -> targets.open(wrong, false))
          .isInstanceOf(KibanException.class)
          .hasMessageContaining(FILE);
    }
  }

  @Test
  void who_may_only_add_saves_and_releases_its_locks_and_removes_nothing() throws Exception {
    Target target = target(directory.resolve("repository").toString(), true, "");
    Repositories.create(targets.open(target, false), Fixture.SETTINGS, Fixture.password());
    Path source = Fixture.hardTree(directory.resolve("source"));
    for (int i = 0; i < 2; i++) {
      try (Repository repository = open(target, false).lock(false)) {
        new Backup(repository, new Progress())
            .run(new Backup.Job(List.of(source), List.of(), List.of(), true, false, 2));
      }
    }
    try (Repository repository = open(target, true).lock(true)) {
      assertThat(repository.backend().list(Kind.LOCK)).hasSize(1);
      Retention one = new Retention(Map.of("last", 1), "", List.of());
      assertRefused(() -> Forget.run(repository, s -> true, one, false));
      assertRefused(() -> new Prune(repository, new Progress()).run(false));
      assertThat(new Prune(repository, new Progress()).run(true).removed()).isZero();
      assertThat(Forget.run(repository, s -> true, one, true)).hasSize(1);
      new Keyring(repository).add(new Repository.Password("second", true));
      assertRefused(() -> repository.backend().delete(Kind.KEY, "x"));
      assertThat(repository.snapshots()).hasSize(2);
    }
    assertThat(Fixture.backend(directory.resolve("repository")).list(Kind.LOCK)).isEmpty();
  }

  @Test
  void another_credential_removes_if_it_is_named() throws Exception {
    Target target = target(directory.resolve("repository").toString(), true, "osaka-prune");
    Repositories.create(targets.open(target, false), Fixture.SETTINGS, Fixture.password());

    try (Repository repository = open(target, true).lock(true)) {
      new Prune(repository, new Progress()).run(false);
    }
    try (Repository repository = open(target, false).lock(true)) {
      assertRefused(() -> new Prune(repository, new Progress()).run(false));
    }
  }

  private Repository open(Target target, boolean removing) throws Exception {
    return Repositories.open(targets.open(target, removing), Fixture.SETTINGS, Fixture.password());
  }

  private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KibanException.class, e -> assertThat(e.code()).isEqualTo(BackupMessage.APPEND_ONLY));
  }
}
