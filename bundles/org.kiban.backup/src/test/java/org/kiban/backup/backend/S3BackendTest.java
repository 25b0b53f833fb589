package org.kiban.backup.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.Fixture;
import org.kiban.backup.StockRestic;
import org.kiban.backup.backend.Backend.Kind;
import org.kiban.backup.repository.Repositories;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.run.Backup;
import org.kiban.backup.run.Check;
import org.kiban.backup.run.Progress;
import org.kiban.backup.run.Subset;
import org.kiban.core.KibanException;
import org.kiban.platform.remote.S3Server;
import org.kiban.platform.remote.TransientException;

/** A part of a bucket. */
class S3BackendTest extends BackendContractTest {

  private static final String SECRET = S3Server.ID + ':' + S3Server.KEY;

  @TempDir private Path directory;
  private S3Server server;

  @Override
  Backend empty() throws Exception {
    server = new S3Server();
    return backend("倉敷/本庁 1", SECRET);
  }

  private Backend backend(String prefix, String secret) {
    return new S3Backend(
        server.address("backup", prefix),
        secret,
        Optional.empty(),
        InstantSource.system(),
        bytes -> {},
        bytes -> {});
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Override
  void foreign(String path) {
    server.put("backup", "倉敷/本庁 1/" + path, new byte[] {'x'});
  }

  @Override
  int page() {
    return 1000;
  }

  @Test
  void a_wrong_key_is_named_and_never_shown() throws Exception {
    for (String wrong : List.of(S3Server.ID + ":geheim", "other:geheim")) {
      try (Backend other = backend("", wrong)) {
        assertThatThrownBy(() -> other.list(Kind.KEY))
            .isInstanceOfSatisfying(
                KibanException.class, e -> assertThat(e.code()).isEqualTo(BackupMessage.NO_ACCESS))
            .hasMessageNotContaining("geheim");
      }
    }
    assertThatThrownBy(() -> backend("", "geheim"))
        .isInstanceOf(KibanException.class)
        .hasMessageContaining("id:key")
        .hasMessageNotContaining("geheim");
  }

  @Test
  void the_store_refuses_what_was_changed_on_the_way() throws Exception {
    byte[] content = Fixture.random(1, 1000);
    String other = Repository.hash(content, 0, 999).toString();
    try (Backend backend = backend("", SECRET)) {
      assertThatThrownBy(() -> backend.save(Kind.PACK, other, content, 1000))
          .isInstanceOf(java.io.IOException.class);
      assertThat(backend.list(Kind.PACK)).isEmpty();
    }
  }

  @Test
  void two_prefixes_of_one_bucket_know_nothing_of_each_other() throws Exception {
    byte[] content = Fixture.random(1, 1000);
    String name = Repository.hash(content, 0, 1000).toString();
    try (Backend one = backend("one", SECRET);
        Backend other = backend("one/two", SECRET)) {
      one.save(Kind.INDEX, name, content, 1000);

      assertThat(other.list(Kind.INDEX)).isEmpty();
      assertThat(one.list(Kind.INDEX)).hasSize(1);
    }
  }

  @Test
  void a_server_that_is_down_is_transient() throws Exception {
    try (Backend down = backend("", SECRET)) {
      server.close();
      assertThatThrownBy(() -> down.list(Kind.KEY)).isInstanceOf(TransientException.class);
    }
  }

  @Test
  void restic_checks_and_restores_what_was_sent() throws Exception {
    Path tree = Fixture.hardTree(directory.resolve("source"));
    Repositories.create(backend("judged", SECRET), Fixture.SETTINGS, Fixture.password());
    try (Repository repository =
        Repositories.open(backend("judged", SECRET), Fixture.SETTINGS, Fixture.password())
            .lock(false)) {
      new Backup(repository, new Progress())
          .run(new Backup.Job(List.of(tree), List.of(), List.of(), true, false, 2));
    }
    try (Repository repository =
        Repositories.open(backend("judged", SECRET), Fixture.SETTINGS, Fixture.password())
            .lock(true)) {
      assertThat(new Check(repository, new Progress()).run(Subset.ALL, 2)).isEmpty();
    }

    StockRestic restic =
        new StockRestic(
            server.address("backup", "judged").toString(),
            Fixture.PASSWORD,
            directory,
            Map.of("AWS_ACCESS_KEY_ID", S3Server.ID, "AWS_SECRET_ACCESS_KEY", S3Server.KEY));
    restic.done("check", "--read-data");
    Path target = directory.resolve("restored");
    restic.done("restore", "latest", "--target", target.toString());

    assertThat(Fixture.describe(target.resolve(Path.of("/").relativize(tree))))
        .isEqualTo(Fixture.describe(tree));
  }
}
