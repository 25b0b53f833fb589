package org.kiban.backup.blank;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
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
import org.kiban.platform.remote.S3Server;
import org.kiban.platform.remote.SftpServer;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;

/** {@code kiban restore} as an operator types it, from every kind of place. */
class RestoreToolTest {

  @TempDir Path folder;
  private Path data;
  private Path old;
  private Path passwordFile;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final InputStream input = System.in;

  @BeforeEach
  void givenABackupOfANodeAndAnEmptyMachine() throws IOException {
    old = Files.createDirectories(folder.resolve("old/data")).toRealPath();
    write(old.resolve("332020/exchange/store/1.segment"), "stored");
    Path etc = Files.createDirectories(folder.resolve("old/etc")).toRealPath();
    write(etc.resolve("org.kiban.node.cfg.json"), "{}");
    Path repository = folder.resolve("places/repository");
    Fixture.create(repository).close();
    try (Views views =
            Views.prepare(
                List.of(new Tree(List.of(old, etc), List.of()), new NodeFacts(old, etc)),
                old.resolve(NodeFacts.VIEW),
                new JournalsComponent(new DurableFilesComponent()),
                java.util.Optional.empty());
        Repository open = Fixture.open(repository).lock(false)) {
      new Backup(open, new Progress())
          .run(new Backup.Job(views.paths(), List.of(), views.excludes(), true, false, 2));
    }
    data = folder.resolve("new/data");
    write(folder.resolve("new/home/lib/kiban/program-files"), "");
    Files.createDirectories(folder.resolve("new/etc"));
    passwordFile = secret("recovery", Fixture.PASSWORD);
    Map.of("home", "new/home", "data", "new/data", "etc", "new/etc")
        .forEach((k, v) -> System.setProperty("kiban." + k, folder.resolve(v).toString()));
  }

  @AfterEach
  void leaveTheProcessAsItWas() {
    List.of("home", "data", "etc").forEach(k -> System.clearProperty("kiban." + k));
    System.setIn(input);
  }

  @Test
  void givenAnSftpServerThenTheNodeComesBackFromThere() throws Exception {
    try (SftpServer server = SftpServer.inJava(folder.resolve("places"))) {
      String place = server.url("/repository");
      String key = server.fingerprint();
      Path secret = secret("sftp", SftpServer.PASSWORD);

      restore(2, "KBN-BACKUP-086", place);
      restore(3, "KBN-BACKUP-042", place, "--sftp-host-key", "SHA256:x", secretFile(secret));
      restore(3, "KBN-BACKUP-045", place, "--sftp-host-key", key, secretFile(secret("no", "no")));
      restore(3, "KBN-BACKUP-050", place, "--sftp-host-key", key, secretFile(secret));
      assertThat(data).as("nothing is changed").doesNotExist();

      restore(0, "", place, "--sftp-host-key", key, secretFile(secret), "--node kiban-test");
      thenItIsBack();
    }
  }

  @Test
  void givenABucketThenTheNodeComesBackFromThereOnceAllHasArrived() throws Exception {
    try (S3Server server = new S3Server()) {
      Path repository = folder.resolve("places/repository");
      List<Path> files = files(repository);
      Path last = files.stream().filter(f -> f.toString().contains("/data/")).findFirst().get();
      server.makeBucket("backup");
      for (Path file : files) {
        if (!file.equals(last)) {
          server.put("backup", "node/" + repository.relativize(file), Files.readAllBytes(file));
        }
      }
      Path secret = secret("s3", S3Server.ID + ':' + S3Server.KEY);
      String place = server.url("backup/node");
      restore(3, "KBN-BACKUP-052", place, secretFile(secret), "--node kiban-test");
      assertThat(data).doesNotExist();

      server.put("backup", "node/" + repository.relativize(last), Files.readAllBytes(last));
      restore(0, "", place, secretFile(secret), "--node kiban-test");
      thenItIsBack();
    }
  }

  @Test
  void givenSecretsOnTheInputThenThePasswordComesFirst() throws Exception {
    try (SftpServer server = SftpServer.inJava(folder.resolve("places"))) {
      String lines = Fixture.PASSWORD + '\n' + SftpServer.PASSWORD + '\n';
      System.setIn(new java.io.ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
      passwordFile = null;
      restore(
          0,
          "",
          server.url("/repository"),
          "--sftp-host-key",
          server.fingerprint(),
          "--node kiban-test");
      thenItIsBack();
    }
  }

  @Test
  void givenWordsThatMeanNothingThenTheUsageIsTold() {
    for (String words : List.of("relative", "/a /b", "/a --node", "/a --other x", "ftp://x/y")) {
      restore(2, "KBN-BACKUP-055", words.split(" "));
    }
  }

  @Test
  void givenASecretFileThatOthersCanReadThenItIsRefused() throws IOException {
    Path open = secret("open", "x");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    restore(3, "KBN-BACKUP-019", "s3:http://127.0.0.1:9/backup/node", secretFile(open));
  }

  private void restore(int status, String code, String... words) {
    List<String> typed = new ArrayList<>();
    for (String word : words) {
      typed.addAll(List.of(word.split(" ", 2)));
    }
    if (passwordFile != null) {
      typed.addAll(List.of("--password-file", passwordFile.toString()));
    }
    err.getBuffer().setLength(0);
    int got =
        new RestoreTool()
            .run(new PrintWriter(out), new PrintWriter(err), typed.toArray(String[]::new));
    assertThat(got).as("%s%n%s", err, code).isEqualTo(status);
    assertThat(err.toString()).contains(code);
  }

  private void thenItIsBack() {
    assertThat(data.resolve("332020/exchange/store/1.segment")).hasContent("stored");
    assertThat(data.resolve("restore")).doesNotExist();
    assertThat(out.toString()).contains("kiban-test").doesNotContain(Fixture.PASSWORD);
  }

  private static String secretFile(Path file) {
    return "--secret-file " + file;
  }

  private Path secret(String name, String text) throws IOException {
    Path file = write(folder.resolve("secrets").resolve(name), text + '\n');
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
