package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kiban.itests.Linkage.await;

import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node with a municipality, an interface, a delivered file and messages in a queue is backed up
 * while it runs; an empty machine becomes that node with one command, after everything that an
 * operator may do wrong and a kill in the middle.
 */
class BlankNodeIT {

  private static final String CODE = "332020";
  private static final String QUEUE = CODE + ".orders";
  private static final String ID = "031-blank";
  private static final int MESSAGES = 200;
  private static final String NAME = "kura-lost";

  private static final String DECLARATION =
      """
      interface: 031-blank
      name: 復旧の確認
      provider: "031"
      receive: { ready: { stable-seconds: 0, suffix: .tmp } }
      consumers: [{ system: "010" }]
      input: { profile: binary }
      output: { profile: binary }
      """;

  @TempDir private Path folder;
  private Path repository;
  private Path key;
  private String delivered;

  @Test
  void anEmptyMachineBecomesTheNodeThatWasLost() throws Exception {
    repository = folder.resolve("媒体/node");
    key = secret("key", "復旧 correct horse battery");
    try (NodeProcess lost = NodeProcess.create("失う");
        NodeProcess blank = NodeProcess.create("空")) {
      givenANodeAtWork(lost);
      givenAVersionBesideTheOneThatIsUnpacked(lost);
      whenSavedWhileItRuns(lost);
      thenADrillProvesItAndLeavesTheNodeAlone(lost);
      lost.stop();
      thenWhatIsWrongIsRefused(blank);
      whenKilledInTheMiddle(blank);
      whenRestored(blank);
      thenItIsThatNode(blank, Broker.of(lost));
    }
  }

  private void givenANodeAtWork(NodeProcess node) throws Exception {
    node.configure("org.kiban.node.cfg.json", "{ \"node-name\": \"" + NAME + "\" }");
    node.configure(
        "org.kiban.backup.node.cfg.json",
        "{ \"location\": \"" + repository + "\", \"sources\": [\"state\"] }");
    Broker.admit(node, CODE);
    node.start();
    Linkage linkage = new Linkage(node, CODE).enable("031", "010");
    node.exec("municipality:enable " + CODE + " backup").expect(0);
    linkage.declare(ID, DECLARATION);
    byte[] content = "山田　太郎\r\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
    delivered = Linkage.sha256(content);
    linkage.drop(ID, "a.bin", content);
    await(
        Duration.ofSeconds(60),
        "the file is delivered",
        () -> Files.exists(linkage.out("010", ID).resolve("a.bin")));
    ConnectionFactory broker = Broker.of(node);
    try (NumberSender sender = new NumberSender(broker, QUEUE, MESSAGES, 200)) {
      await(Duration.ofSeconds(60), "messages are sent", () -> sender.sent() == MESSAGES);
    }
  }

  /** As an update of the node leaves it, which the new machine does not have. */
  private static void givenAVersionBesideTheOneThatIsUnpacked(NodeProcess node) throws IOException {
    Path update = node.data().resolve("node/update");
    Files.createDirectories(update.resolve("homes/9.9.9/lib"));
    Files.write(update.resolve("homes/9.9.9/lib/large.jar"), new byte[1000]);
    String build = Files.readString(node.home().resolve("lib/kiban/build")).substring(0, 16);
    Files.writeString(update.resolve("current"), "to=9.9.9\nfrom=base\nbase=%s\n".formatted(build));
  }

  private void whenSavedWhileItRuns(NodeProcess node) {
    await(
        Duration.ofMinutes(1),
        "the backup of the node",
        () -> node.exec("backup:key-list node").err().contains("KBN-BACKUP-001"));
    node.exec("backup:create node").expect(0);
    node.exec("backup:key-add node " + key).expect(0);
    node.exec("backup:run node").expect(0);
    node.exec("backup:verify node --read-data").expect(0);
    assertThat(node.exec("backup:list node").expect(0).out()).contains("job:main", NAME);
  }

  private void thenADrillProvesItAndLeavesTheNodeAlone(NodeProcess node) {
    String before = node.exec("node:digest").expect(0).out();
    drill(node, "node", "\"messages\" : " + MESSAGES);
    node.exec("backup:create " + CODE).expect(0);
    node.exec("backup:run " + CODE).expect(0);
    drill(node, CODE, "\"messages\" : " + MESSAGES);
    assertThat(node.exec("node:digest").expect(0).out()).isEqualTo(before);
    assertThat(node.data().resolve("node/backup/drill")).doesNotExist();
    assertThat(node.data().resolve(CODE + "/backup/drill")).doesNotExist();
  }

  /** Where the machine lets nobody make a network, the drill says so and does nothing. */
  private static void drill(NodeProcess node, String owner, String proven) {
    Shell.Result drill = node.exec("backup:drill " + owner + " --json");
    if (!drill.err().contains("KBN-BACKUP-063")) {
      assertThat(drill.expect(0).out()).contains(proven);
    }
  }

  private void thenWhatIsWrongIsRefused(NodeProcess blank) throws IOException {
    Path wrong = secret("wrong", "not it");
    refused(blank, 1, "KBN-BACKUP-003", repository, wrong, "--node", NAME);
    refused(blank, 3, "KBN-BACKUP-050", repository, key);
    refused(blank, 1, "KBN-BACKUP-001", folder.resolve("nothing"), key);
    refused(blank, 3, "KBN-BACKUP-052", halfArrived(), key, "--node", NAME);
    assertThat(blank.kiban("restore", "relative").expect(2).err()).contains("KBN-BACKUP-055");
    assertThat(blank.data().resolve("restore")).doesNotExist();
  }

  private static void refused(
      NodeProcess blank, int status, String code, Path from, Path password, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of("restore", from.toString(), "--password-file", password.toString()));
    command.addAll(List.of(more));
    assertThat(blank.kiban(command.toArray(String[]::new)).expect(status).err()).contains(code);
  }

  /** A copy of which the last pack has not come yet. */
  private Path halfArrived() throws IOException {
    Path half = folder.resolve("half");
    Shell.run(List.of("cp", "-a", repository.toString(), half.toString())).expect(0);
    try (Stream<Path> packs = Files.walk(half.resolve("data"))) {
      Files.delete(packs.filter(Files::isRegularFile).sorted().findFirst().orElseThrow());
    }
    return half;
  }

  private void whenKilledInTheMiddle(NodeProcess blank) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            blank.home().resolve("bin/kiban").toString(),
            "restore",
            repository.toString(),
            "--password-file",
            key.toString(),
            "--node",
            NAME);
    builder
        .environment()
        .putAll(
            Map.of(
                "KIBAN_DATA", blank.data().toString(),
                "KIBAN_ETC", blank.etc().toString(),
                "LC_ALL", "C.UTF-8"));
    Process restore = builder.redirectErrorStream(true).start();
    Path note = blank.data().resolve("restore/restore.json");
    await(Duration.ofMinutes(1), "it begins", () -> Files.exists(note) || !restore.isAlive());
    restore.descendants().forEach(ProcessHandle::destroyForcibly);
    restore.destroyForcibly().waitFor();
    assertThat(note).as("killed before its end").exists();
    assertThat(blank.kiban("start").expect(3).err()).contains("KBN-LAUNCH-012");
  }

  private void whenRestored(NodeProcess blank) {
    String out =
        blank
            .kiban(
                "restore", repository.toString(), "--password-file", key.toString(), "--node", NAME)
            .expect(0)
            .out();
    assertThat(out).contains(NAME);
    assertThat(blank.data().resolve("restore")).doesNotExist();
    refused(blank, 3, "KBN-BACKUP-051", repository, key, "--node", NAME);
  }

  /**
   * @param broker the way to it that its neighbours had: it has the ports and the authority again
   */
  private void thenItIsThatNode(NodeProcess node, ConnectionFactory broker) throws Exception {
    assertThat(node.data().resolve("node/update/homes")).doesNotExist();
    node.start();
    Linkage linkage = new Linkage(node, CODE);
    await(
        Duration.ofMinutes(1),
        "the interface is in force",
        () -> node.exec("exchange:interface-show " + CODE + " " + ID).out().contains("active"));
    linkage.verify();
    assertThat(linkage.deliveries()).hasSize(1);
    assertThat(node.exec("exchange:trace " + CODE + " a.bin").expect(0).out()).contains(delivered);
    assertThat(Linkage.sha256(linkage.out("010", ID).resolve("a.bin"))).isEqualTo(delivered);
    try (NumberTaker taker = new NumberTaker(broker, QUEUE, MESSAGES)) {
      await(Duration.ofMinutes(1), "the messages are there", () -> taker.taken() == MESSAGES);
      assertThat(taker.twice()).isEmpty();
    }
    linkage.drop(ID, "b.bin", new byte[] {1});
    await(
        Duration.ofMinutes(1),
        "it goes on",
        () -> Files.exists(linkage.out("010", ID).resolve("b.bin")));
    node.exec("backup:run node").expect(0);
  }

  private Path secret(String name, String text) throws IOException {
    Path file =
        Files.createFile(
            folder.resolve(name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, text + "\n");
  }
}
