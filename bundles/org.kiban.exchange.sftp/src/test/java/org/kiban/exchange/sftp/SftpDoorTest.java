package org.kiban.exchange.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.event.Event;

/** Partners with OpenSSH's own client, on the real server. */
class SftpDoorTest {

  @TempDir private Path folder;
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private Site site;
  private SftpDoor door;

  @BeforeEach
  void open() throws Exception {
    site = new Site(folder, events);
    site.key("031");
    site.key("010");
    door = site.open(Map.of());
  }

  @AfterEach
  void shut() throws Exception {
    door.close();
  }

  @Test
  void aFileIsHandedOverWhenItIsClosedAndFetchedOnceItIsTaken() throws Exception {
    Path local = Files.writeString(folder.resolve("ATENA_1.csv"), "宛名");
    site.sftp("031", "put " + local + " /in/031-atena/").expect(0);
    assertThat(site.in("031-atena").resolve("ATENA_1.csv")).hasContent("宛名");

    Path out = Files.createDirectories(site.out("010", "031-atena"));
    Files.writeString(out.resolve("ATENA_1.csv"), "配信");
    Files.createDirectories(out.resolve(".kiban"));
    Path got = folder.resolve("got.csv");
    Site.Said said =
        site.sftp(
            "010",
            "ls -la /out/031-atena",
            "get /out/031-atena/ATENA_1.csv " + got,
            "rm /out/031-atena/ATENA_1.csv");
    said.expect(0);
    assertThat(said.text()).contains("ATENA_1.csv").doesNotContain(".kiban");
    assertThat(got).hasContent("配信");
    assertThat(out.resolve("ATENA_1.csv")).doesNotExist();
    assertThat(told("handed over /in/031-atena/ATENA_1.csv (6 bytes)")).isTrue();
    assertThat(told("taken /out/031-atena/ATENA_1.csv (6 bytes)")).isTrue();
    assertThat(events)
        .anyMatch(
            e ->
                e.getTopic().endsWith("login")
                    && e.getProperty("user").equals("332020-010")
                    && e.getProperty("result").equals("done"));
  }

  private boolean told(String what) {
    return events.stream().anyMatch(e -> what.equals(e.getProperty("what")));
  }

  @Test
  void anUploadUnderATemporaryNameIsHandedOverByItsRenaming() throws Exception {
    Path local = Files.writeString(folder.resolve("a"), "x");
    site.sftp("031", "put " + local + " /in/031-atena/a.csv.filepart").expect(0);
    assertThat(Tree.files(site.in("031-atena"))).isEmpty();
    site.sftp("031", "ls /in/031-atena/a.csv.filepart").expect(0);
    site.sftp("031", "rename /in/031-atena/a.csv.filepart /in/031-atena/a.csv").expect(0);
    assertThat(Tree.files(site.in("031-atena")))
        .extracting(Path::getFileName)
        .hasToString("[a.csv]");
  }

  @Test
  void aCutUploadIsGoneOnWith() throws Exception {
    byte[] content = new byte[300_000];
    new Random(1).nextBytes(content);
    Path local = Files.write(folder.resolve("big.csv"), content);
    Path part = site.in("031-atena").resolve(".sftp").resolve("big.csv");
    Files.createDirectories(part.getParent());
    Files.write(part, java.util.Arrays.copyOf(content, 100_000));
    site.sftp("031", "reput " + local + " /in/031-atena/big.csv").expect(0);
    assertThat(site.in("031-atena").resolve("big.csv")).hasBinaryContent(content);
    assertThat(part).doesNotExist();
  }

  @Test
  void aSessionThatIsLostHandsNothingOver() throws Exception {
    door.close();
    door = site.open(Map.of("kib-per-second", 64));
    Path local = Files.write(folder.resolve("slow.csv"), new byte[4_000_000]);
    Process client = site.begin("031", "put " + local + " /in/031-atena/");
    Path part = site.in("031-atena").resolve(".sftp").resolve("slow.csv");
    try {
      Site.await(() -> Files.exists(part) && part.toFile().length() > 0);
    } finally {
      client.destroyForcibly().waitFor();
    }
    Site.await(() -> told("unfinished /in/031-atena/slow.csv", "failed"));
    assertThat(Tree.files(site.in("031-atena"))).isEmpty();
    assertThat(part).exists();
  }

  private boolean told(String what, String result) {
    return events.stream()
        .anyMatch(
            e ->
                String.valueOf(e.getProperty("what")).startsWith(what)
                    && String.valueOf(e.getProperty("result")).startsWith(result));
  }

  @Test
  void aPartnerSeesItsOwnFoldersOnly() throws Exception {
    Files.writeString(Files.createDirectories(site.out("023", "031-atena")).resolve("b.csv"), "x");
    Path mine = Files.writeString(folder.resolve("mine"), "x");
    Path secret = Files.writeString(site.root().resolve("secret"), "not yours");
    Files.createSymbolicLink(
        Files.createDirectories(site.out("010", "031-atena")).resolve("link.csv"), secret);
    List<String> refused =
        List.of(
            "ls /in/031-atena",
            "get /out/023/031-atena/b.csv",
            "get /../../../etc/passwd",
            "get /out/031-atena/../../../secret",
            "get /out/031-atena/link.csv",
            "get /out/031-atena/.kiban",
            "ls /out/023-other",
            "get /secret",
            "mkdir /out/031-atena/x",
            "rmdir /out/031-atena",
            "rename /out/031-atena/link.csv /out/031-atena/y.csv",
            "ln -s /etc/passwd /out/031-atena/p.csv",
            "put " + mine + " /out/031-atena/new.csv");
    for (String command : refused) {
      Site.Said said = site.sftp("010", command);
      assertThat(said.status()).as(command).isNotZero();
      assertThat(said.text()).as(command).doesNotContain(site.root().toString());
    }
    Site.Said listed = site.sftp("010", "cd /out", "cd ..", "ls", "ls out");
    listed.expect(0);
    assertThat(listed.text()).contains("in", "031-atena").doesNotContain("023");
  }

  @Test
  void namesThatWouldHideOrClimbAreNotTaken() throws Exception {
    Path local = Files.writeString(folder.resolve("a"), "x");
    for (String name : List.of(".hidden", "a..b.csv", "x\\y.csv", "../evil.csv")) {
      site.sftp("031", "put " + local + " \"/in/031-atena/" + name.replace("\\", "\\\\") + "\"")
          .refuse();
    }
    assertThat(Tree.files(site.in("031-atena"))).isEmpty();
  }

  @Test
  void aFileThatWaitsIsNeitherOverwrittenNorReadNorRemoved() throws Exception {
    Path local = Files.writeString(folder.resolve("a.csv"), "first");
    site.sftp("031", "put " + local + " /in/031-atena/").expect(0);
    Files.writeString(local, "second");
    site.sftp("031", "put " + local + " /in/031-atena/").refuse();
    site.sftp("031", "get /in/031-atena/a.csv " + folder.resolve("back")).refuse();
    site.sftp("031", "rm /in/031-atena/a.csv").refuse();
    assertThat(site.in("031-atena").resolve("a.csv")).hasContent("first");
  }

  @Test
  void quotasHold() throws Exception {
    door.close();
    door = site.open(Map.of("max-file-mib", 1, "max-waiting-files", 2));
    Path large = Files.write(folder.resolve("large.csv"), new byte[1 << 21]);
    site.sftp("031", "put " + large + " /in/031-atena/").refuse();
    assertThat(Tree.files(site.in("031-atena"))).as("closed though not all fitted").isEmpty();
    Path part = site.in("031-atena").resolve(".sftp/large.csv");
    Path small = Files.writeString(folder.resolve("s"), "x");
    site.sftp("031", "put " + small + " /in/031-atena/1.csv").expect(0);
    site.sftp("031", "put " + small + " /in/031-atena/2.csv").refuse();
    // What nobody went on with for a week makes room.
    Files.setLastModifiedTime(part, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    site.sftp("031", "put " + small + " /in/031-atena/2.csv").expect(0);
    assertThat(part).doesNotExist();
  }

  @Test
  void aWrongKeyAPartnerThatIsNoneAndAShutMunicipalityStayOutside() throws Exception {
    site.sftp("023", "ls /").refuse();
    site.key("999");
    site.sftp("999", "ls /").refuse();
    site.sftp("031", "ls /").expect(0);
    site.shut();
    site.sftp("031", "ls /").refuse();
    Site.await(() -> events.stream().anyMatch(e -> "failed".equals(e.getProperty("result"))));
  }

  @Test
  void aPasswordLetsIn() throws Exception {
    site.password("023", "合言葉 p&ss");
    assertThat(site.guests().hasPassword("332020-023", "合言葉 p&ss")).isTrue();
    assertThat(site.guests().hasPassword("332020-023", "")).isFalse();
    assertThat(site.guests().hasPassword("332020-031", "")).isFalse();
    assertThat(site.guests().hasPassword("041009-023", "合言葉 p&ss")).isFalse();
    assertThat(door.status().users())
        .extracting(DoorStatus.DoorUser::user)
        .containsExactly("332020-010", "332020-023", "332020-031");
  }

  @Test
  void theKeyStaysTheSameAndOldAlgorithmsAreNotSpoken() throws Exception {
    String before = door.status().fingerprint();
    door.close();
    door = site.open(Map.of());
    assertThat(door.status().fingerprint()).isEqualTo(before);
    Path key = site.root().getParent().getParent().resolve("node/sftp/host.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    site.with("-oKexAlgorithms=diffie-hellman-group14-sha256").sftp("031", "ls /").refuse();
    site.with("-oCiphers=aes128-cbc").sftp("031", "ls /").refuse();
  }

  @Test
  void everyClientOfDebianUploadsAndFetches() throws IOException, InterruptedException {
    List<String> clients = new ArrayList<>();
    Path out = Files.createDirectories(site.out("010", "031-atena"));
    Path local = Files.writeString(folder.resolve("c.csv"), "内容", StandardCharsets.UTF_8);
    if (Site.hasProgram("scp")) {
      site.scp("031", local, "/in/031-atena/scp.csv").expect(0);
      clients.add("scp");
    }
    if (Site.hasProgram("lftp")) {
      Files.writeString(out.resolve("l.csv"), "配信");
      site.lftp("031", "put " + local + " -o /in/031-atena/lftp.csv").expect(0);
      site.lftp("010", "get -E /out/031-atena/l.csv -o " + folder.resolve("l.csv")).expect(0);
      assertThat(folder.resolve("l.csv")).hasContent("配信");
      assertThat(out.resolve("l.csv")).doesNotExist();
      clients.add("lftp");
    }
    for (String client : clients) {
      assertThat(site.in("031-atena").resolve(client + ".csv")).hasContent("内容");
    }
  }
}
