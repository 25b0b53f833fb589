package org.kiban.backup.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
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
import org.kiban.platform.remote.SftpAddress;
import org.kiban.platform.remote.SftpServer;
import org.kiban.platform.remote.Throttle;
import org.kiban.platform.remote.TransientException;

/** A directory of an SSH server. */
class SftpBackendTest extends BackendContractTest {

  private static final Throttle FREE = bytes -> {};

  @TempDir private Path home;
  private SftpServer server;

  @Override
  Backend empty() throws Exception {
    server = SftpServer.inJava(home);
    return backend(server.address("/srv/repository"), SftpServer.PASSWORD);
  }

  private static Backend backend(SftpAddress address, String secret) {
    return new SftpBackend(address, secret, FREE, FREE);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Override
  void foreign(String path) throws Exception {
    Path file = home.resolve("srv/repository").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
  }

  @Override
  String leftover(String name) {
    return name + "-tmp-0123abcd";
  }

  @Test
  void a_server_with_another_key_is_not_talked_to() {
    SftpAddress right = server.address("/srv/repository");
    SftpAddress pinned =
        new SftpAddress(
            right.user(), right.host(), right.port(), right.path(), List.of("SHA256:other"));
    try (Backend other = backend(pinned, SftpServer.PASSWORD)) {
      assertThatThrownBy(() -> other.list(Kind.KEY))
          .isInstanceOfSatisfying(
              KibanException.class,
              e -> assertThat(e.code()).isEqualTo(BackupMessage.WRONG_HOST_KEY))
          .hasMessageContaining(right.hostKeys().get(0));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void a_wrong_password_is_named_and_never_shown() throws Exception {
    try (Backend other = backend(server.address("/srv/repository"), "geheim-123")) {
      assertThatThrownBy(() -> other.list(Kind.KEY))
          .isInstanceOfSatisfying(
              KibanException.class, e -> assertThat(e.code()).isEqualTo(BackupMessage.NO_ACCESS))
          .hasMessageNotContaining("geheim");
      assertThat(other.location()).doesNotContain("geheim");
    }
  }

  @Test
  void a_key_opens_as_a_password_does() throws Exception {
    for (String type : List.of(KeyPairProvider.SSH_ED25519, KeyPairProvider.ECDSA_SHA2_NISTP256)) {
      KeyPair key = KeyUtils.generateKeyPair(type, 256);
      server
          .server()
          .setPublickeyAuthenticator(
              (u, k, s) -> u.equals(SftpServer.USER) && KeyUtils.compareKeys(k, key.getPublic()));
      ByteArrayOutputStream pem = new ByteArrayOutputStream();
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "", null, pem);
      try (Backend with = backend(server.address("/srv/repository"), pem.toString())) {
        assertThat(with.list(Kind.KEY)).isEmpty();
      }
    }
  }

  @Test
  void what_is_no_key_is_told_of_without_showing_it() {
    assertThatThrownBy(
            () ->
                backend(
                    server.address("/srv/repository"),
                    "-----BEGIN PRIVATE KEY-----\ngeheim\n-----END PRIVATE KEY-----\n"))
        .isInstanceOfSatisfying(
            KibanException.class, e -> assertThat(e.code()).isEqualTo(BackupMessage.NO_ACCESS))
        .hasMessageNotContaining("geheim");
  }

  @Test
  void a_line_that_was_cut_is_transient_and_made_anew() throws Exception {
    byte[] content = Fixture.random(1, 100_000);
    String name = Repository.hash(content, 0, content.length).toString();
    try (Backend line =
        new RetryingBackend(
            backend(server.address("/srv/repository"), SftpServer.PASSWORD), wait -> {})) {
      line.save(Kind.PACK, name, content, content.length);
      server.cut();

      assertThat(line.load(Kind.PACK, name)).isEqualTo(content);
    }
  }

  @Test
  void a_server_that_is_down_is_transient() throws Exception {
    SftpAddress address = server.address("/srv/repository");
    server.close();
    try (Backend down = backend(address, SftpServer.PASSWORD)) {
      assertThatThrownBy(() -> down.list(Kind.KEY)).isInstanceOf(TransientException.class);
    }
  }

  @Test
  void restic_checks_and_restores_what_was_sent() throws Exception {
    Path tree = Fixture.hardTree(home.resolve("source"));
    Backend place = backend(server.address("/srv/judged"), SftpServer.PASSWORD);
    Repositories.create(place, Fixture.SETTINGS, Fixture.password());
    try (Repository repository =
        Repositories.open(place, Fixture.SETTINGS, Fixture.password()).lock(false)) {
      new Backup(repository, new Progress())
          .run(new Backup.Job(List.of(tree), List.of(), List.of(), true, false, 2));
    }
    try (Repository repository =
        Repositories.open(
                backend(server.address("/srv/judged"), SftpServer.PASSWORD),
                Fixture.SETTINGS,
                Fixture.password())
            .lock(true)) {
      assertThat(new Check(repository, new Progress()).run(Subset.ALL, 2)).isEmpty();
    }

    StockRestic restic = new StockRestic(home.resolve("srv/judged"), Fixture.PASSWORD, home);
    restic.done("check", "--read-data");
    Path target = home.resolve("restored");
    restic.done("restore", "latest", "--target", target.toString());

    assertThat(Fixture.describe(target.resolve(Path.of("/").relativize(tree))))
        .isEqualTo(Fixture.describe(tree));
  }
}
