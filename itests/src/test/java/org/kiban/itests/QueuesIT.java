package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kiban.itests.Linkage.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two municipalities share a node's broker. Each one's own backup, made while messages come, brings
 * its messages, and no other's, into a node that never had any, once, though that node is killed
 * while it takes them in.
 */
class QueuesIT {

  private static final String CODE = "332020";
  private static final String OTHER = "372013";
  private static final String ORDERS = ".orders";
  private static final int FEW = 50;
  private static final int MOST = 100_000;
  private static final int BEFORE = 600;

  @TempDir private Path folder;
  private Path key;

  @Test
  void aMunicipalityTakesItsMessagesToAnotherNode() throws Exception {
    key = Files.writeString(folder.resolve("key"), "復旧 correct horse battery\n");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    int least;
    int most;
    try (NodeProcess lost = started("失う")) {
      givenMessages(lost, OTHER, FEW);
      try (NumberSender sender = new NumberSender(Broker.of(lost), CODE + ORDERS, MOST, 500)) {
        await(Duration.ofMinutes(1), "many are sent", () -> sender.sent() >= BEFORE);
        least = sender.sent();
        saved(lost, CODE);
        most = sender.sent() + 1;
        lost.kill();
      }
    }
    try (NodeProcess blank = started("空")) {
      Path file = restored(blank, CODE);
      assertThat(blank.exec("messaging:import " + OTHER + " '" + file + "'").expect(3).err())
          .contains("KBN-MESSAGING-013");
      whenKilledWhileItTakesThemIn(blank, file);
      int there = messages(blank, CODE);
      assertThat(there).isBetween(least, most);
      assertThat(messages(blank, OTHER)).isZero();
      blank.exec("messaging:import " + CODE + " '" + file + "'").expect(0);
      assertThat(messages(blank, CODE)).as("once").isEqualTo(there);
      try (NumberTaker taker = new NumberTaker(Broker.of(blank), CODE + ORDERS, MOST)) {
        await(Duration.ofMinutes(1), "all are taken", () -> taker.taken() == there);
        assertThat(taker.twice()).isEmpty();
      }
    }
  }

  private NodeProcess started(String name) throws IOException {
    NodeProcess node = NodeProcess.create(name);
    Broker.admit(node, CODE, OTHER);
    for (String code : List.of(CODE, OTHER)) {
      node.configure(
          "org.kiban.backup~" + code + ".cfg.json",
          "{ \"location\": \"" + folder.resolve(code) + "\", \"sources\": [\"state\"] }");
    }
    node.start();
    for (String code : List.of(CODE, OTHER)) {
      node.exec("municipality:enable " + code + " messaging").expect(0);
      node.exec("municipality:enable " + code + " backup").expect(0);
    }
    return node;
  }

  private static void givenMessages(NodeProcess node, String code, int count) throws Exception {
    try (NumberSender sender = new NumberSender(Broker.of(node), code + ORDERS, count, 500)) {
      await(Duration.ofMinutes(1), "messages are sent", () -> sender.sent() == count);
    }
  }

  private void saved(NodeProcess node, String code) {
    await(
        Duration.ofMinutes(1),
        "the backup of " + code,
        () -> node.exec("backup:key-list " + code).err().contains("KBN-BACKUP-001"));
    node.exec("backup:create " + code).expect(0);
    node.exec("backup:key-add " + code + " " + key).expect(0);
    node.exec("backup:run " + code).expect(0);
  }

  private Path restored(NodeProcess node, String code) throws IOException {
    Path target = folder.resolve("restored");
    String restore = "backup:restore " + code + " latest " + target;
    node.exec(restore).expect(1);
    node.exec(restore + " --password-file " + key).expect(0);
    try (Stream<Path> all = Files.walk(target)) {
      List<Path> files = all.filter(Files::isRegularFile).toList();
      for (Path file : files) {
        assertThat(file.toString() + Files.readString(file, StandardCharsets.ISO_8859_1))
            .as("another's")
            .doesNotContain(OTHER);
      }
      return files.stream().filter(f -> f.endsWith("restored.queues")).findFirst().orElseThrow();
    }
  }

  /** First by command, then by a start, as after a restore of the whole directory. */
  private static void whenKilledWhileItTakesThemIn(NodeProcess node, Path file) throws Exception {
    node.begin("messaging:import " + CODE + " '" + file + "'");
    await(Duration.ofMinutes(1), "some are there", () -> messages(node, CODE) > 0);
    node.kill();
    Path live = node.data().resolve(CODE + "/messaging/restored.queues");
    Files.copy(file, live);
    node.start();
    await(Duration.ofMinutes(1), "it is taken in", () -> !Files.exists(live));
  }

  private static int messages(NodeProcess node, String code) {
    String list = node.exec("messaging:list " + code + " --json").expect(0).out();
    return Stream.of(list.split("\\{"))
        .filter(queue -> queue.contains(code + ORDERS))
        .mapToInt(q -> Integer.parseInt(q.replaceAll("(?s).*\"messages\" : (\\d+).*", "$1")))
        .sum();
  }
}
