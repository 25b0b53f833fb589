package org.kiban.backup.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.backend.Target;
import org.kiban.backup.job.Notes;
import org.kiban.backup.job.Schedule;
import org.kiban.backup.repository.Repository.Password;
import org.kiban.core.KibanException;
import org.kiban.storage.DurableFilesComponent;

/** What a drill makes of what the program answers; the program is a script that plays a node. */
public class DrillTest {

  private static final Password PASSWORD = new Password("secret words", true);

  /** Notes every call; a file named after the verb says what it answers instead of success. */
  private static final String PROGRAM =
      """
      #!/bin/sh
      here=$(dirname "$0")
      echo "$@" >> "$here/calls"
      case $1 in
        restore)
          cat > "$here/input"
          for word; do case $word in */secret*)
            { stat -c '%A ' "$word" | tr -d '\\n'; cat "$word"; } > "$here/secret" ;; esac; done
          mkdir -p "$KIBAN_DATA/run" "$KIBAN_ETC/exchange/332020" "$KIBAN_ETC/routes" "$KIBAN_ETC/partner"
          [ ! -e "$here/counted" ] || { mkdir -p "$KIBAN_DATA/node/messaging"
            cp "$here/counted" "$KIBAN_DATA/node/messaging/queues.json"; }
          touch "$KIBAN_ETC/org.kiban.backup~332020.cfg.json" "$KIBAN_ETC/org.kiban.node.cfg.json"
          ;;
        start) find "$KIBAN_ETC" -mindepth 1 -printf '%f\\n' | sort > "$here/etc"
          ip -o link show | grep -c UP > "$here/links" ;;
        exec) case $2 in messaging:*) cat "$here/waiting" ;; esac ;;
      esac
      [ ! -e "$here/$1.fails" ] || { cat "$here/$1.fails"; exit 1; }
      """;

  @TempDir Path folder;
  private Path bin;
  private Path scratch;
  private Notes notes;

  @BeforeEach
  void givenAProgram() throws IOException {
    bin = Files.createDirectories(folder.resolve("home/bin"));
    scratch = folder.resolve("backup/drill");
    Files.writeString(bin.resolve("kiban"), PROGRAM);
    Files.setPosixFilePermissions(
        bin.resolve("kiban"), PosixFilePermissions.fromString("rwx------"));
    notes = new Notes(new DurableFilesComponent(), folder.resolve("drills.json"));
  }

  @Test
  void givenAGoodBackupThenEveryLedgerIsVerifiedOnANodeWithoutHands() throws Exception {
    assumeThat(mayBeIsolated()).isTrue();
    Drill.Report report = drill();
    assertThat(report.municipalities()).containsExactly("332020", "372013");
    assertThat(Files.readAllLines(bin.resolve("calls")))
        .containsExactly(
            "restore /mnt/repository --node kura1 --scratch",
            "start",
            "exec exchange:verify 332020",
            "exec exchange:verify 372013",
            "stop");
    assertThat(bin.resolve("input")).hasContent("secret words");
    assertThat(Files.readAllLines(bin.resolve("etc")))
        .containsExactly("org.kiban.node.cfg.json", "partner");
    assertThat(bin.resolve("links")).as("none but the loopback").hasContent("1");
    assertThat(scratch).doesNotExist();
    assertThat(last(new DurableFilesComponent()).failure()).isEmpty();
  }

  @Test
  void givenARepositoryThatCannotBeRestoredThenItsCodeIsTold() throws IOException {
    fails("restore", "  12 of 30 bytes\nKBN-BACKUP-052: not whole\n  → wait");
    assertThatThrownBy(this::drill)
        .isInstanceOf(KibanException.class)
        .hasMessageContaining("KBN-BACKUP-060")
        .hasMessageContaining("KBN-BACKUP-052: not whole");
    assertThat(scratch).doesNotExist();
    assertThat(last(new DurableFilesComponent()).failure()).contains("KBN-BACKUP-060");
  }

  @Test
  void givenANodeThatDoesNotStartThenThatIsTold() throws Exception {
    assumeThat(mayBeIsolated()).isTrue();
    fails("start", "KBN-LAUNCH-008: the node ended while starting");
    assertThatThrownBy(this::drill)
        .hasMessageContaining("KBN-BACKUP-061")
        .hasMessageContaining("KBN-LAUNCH-008");
    assertThat(scratch).doesNotExist();
  }

  @Test
  void givenALedgerThatIsWrongThenItsMunicipalityIsTold() throws Exception {
    assumeThat(mayBeIsolated()).isTrue();
    fails("exec", "KBN-EXCHANGE-040: entry 7 is damaged");
    assertThatThrownBy(this::drill)
        .hasMessageContaining("KBN-BACKUP-062")
        .hasMessageContaining("332020")
        .hasMessageContaining("entry 7");
    assertThat(Files.readAllLines(bin.resolve("calls"))).contains("stop");
    assertThat(scratch).doesNotExist();
  }

  @Test
  void givenMessagesThatWereCountedThenTheRestoredOnesAreHeldToThat() throws Exception {
    assumeThat(mayBeIsolated()).isTrue();
    Files.writeString(bin.resolve("counted"), "{\"332020\":{\"least\":3,\"most\":4}}");
    waiting("332020.a", 1, "332020.DLQ", 2);
    assertThat(drill().messages()).isEqualTo(3);
    waiting("332020.a", 1, "372013.a", 2);
    assertThatThrownBy(this::drill)
        .hasMessageContaining("KBN-BACKUP-087")
        .hasMessageContaining("332020");
    assertThat(last(new DurableFilesComponent()).failure()).contains("KBN-BACKUP-087");
    assertThat(scratch).doesNotExist();
  }

  private void waiting(String one, int first, String other, int second) throws IOException {
    Files.writeString(
        bin.resolve("waiting"),
        "[{\"queue\":\"%s\",\"messages\":%d},{\"queue\":\"%s\",\"messages\":%d}]"
            .formatted(one, first, other, second));
  }

  @Test
  void givenADrillThatWasBrokenOffThenItsLeftoversGo() throws Exception {
    assumeThat(mayBeIsolated()).isTrue();
    Files.createDirectories(scratch.resolve("var/node"));
    Files.writeString(scratch.resolve("var/node/old"), "x");
    drill();
    assertThat(scratch).doesNotExist();
  }

  @Test
  void givenAScheduleThenItIsDueOnceAfterItsTime() throws IOException {
    Instant[] now = {Instant.parse("2026-11-22T00:00:00Z")};
    Schedule sundays = new Schedule(List.of("sun 05:00"), ZoneOffset.UTC);
    Drill drill = new Drill("node", folder.resolve("home"), scratch, notes, () -> now[0]);
    assertThat(drill.isDue(sundays)).as("before its time").isFalse();
    now[0] = Instant.parse("2026-11-22T05:00:01Z");
    assertThat(drill.isDue(sundays)).isTrue();
    fails("restore", "KBN-BACKUP-001: nothing there");
    assertThatThrownBy(() -> drill.run(filling(), List.of()))
        .hasMessageContaining("KBN-BACKUP-060");
    assertThat(drill.isDue(sundays)).as("done, though it failed").isFalse();
  }

  private void fails(String verb, String text) throws IOException {
    Files.writeString(bin.resolve(verb + ".fails"), text + '\n');
  }

  private Drill.Last last(DurableFilesComponent files) {
    return new Drill(
            "node",
            folder.resolve("home"),
            scratch,
            new Notes(files, folder.resolve("drills.json")),
            InstantSource.system())
        .last();
  }

  private static Filling filling() {
    return new NodeFilling(place("/mnt/repository"), Optional.empty(), "kura1", PASSWORD);
  }

  private static Target place(String location) {
    return new Target(
        location,
        "osaka",
        "",
        false,
        List.of("SHA256:a", "SHA256:b"),
        new Target.S3("jp-east", true, 0, "COMPLIANCE"),
        List.of(),
        List.of());
  }

  @Test
  void givenARepositoryElsewhereThenTheCredentialIsInAFileThatGoes() throws Exception {
    fails("restore", "KBN-BACKUP-001: nothing there");
    for (String location : List.of("sftp://k@osaka//srv/node", "s3:https://osaka/backup")) {
      Filling filling =
          new NodeFilling(place(location), Optional.of("one\ntwo"), "kura1", PASSWORD);
      Drill drill = new Drill("node", folder.resolve("home"), scratch, notes, Instant::now);
      assertThatThrownBy(() -> drill.run(filling, List.of()))
          .hasMessageContaining("KBN-BACKUP-001");
    }
    List<String> calls =
        Files.readAllLines(bin.resolve("calls")).stream()
            .filter(call -> call.startsWith("restore"))
            .toList();
    assertThat(calls.get(0))
        .startsWith(
            "restore sftp://k@osaka//srv/node --sftp-host-key SHA256:a --sftp-host-key SHA256:b"
                + " --node kura1 --scratch --secret-file "
                + scratch);
    assertThat(calls.get(1))
        .startsWith(
            "restore s3:https://osaka/backup --s3-region jp-east --s3-virtual-host --node kura1");
    assertThat(Files.readAllLines(bin.resolve("secret"))).containsExactly("-rw------- one", "two");
    assertThat(scratch).doesNotExist();
  }

  private Drill.Report drill() throws IOException {
    return new Drill("node", folder.resolve("home"), scratch, notes, InstantSource.system())
        .run(filling(), List.of("332020", "372013"));
  }

  /** Whether this machine lets a process have a network of its own. */
  public static boolean mayBeIsolated() throws IOException, InterruptedException {
    try {
      String user = System.getProperty("user.name").equals("root") ? "" : " --user --map-root-user";
      return new ProcessBuilder("sh", "-c", "unshare --net" + user + " ip link set lo up")
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
