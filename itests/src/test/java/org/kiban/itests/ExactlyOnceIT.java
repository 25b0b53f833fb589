package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kiban.itests.Linkage.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Every file reaches every consumer once and whole, while the node is killed at random moments,
 * once with its disk full, once with a consumer's directory read-only. The full size: {@code mvn
 * verify -pl itests -am -Dtest=none -Dit.test=ExactlyOnceIT -Dsurefire.failIfNoSpecifiedTests=false
 * -Dfailsafe.failIfNoSpecifiedTests=false -Dkiban.exactly-once.files=10000
 * -Dkiban.exactly-once.kills=20}. A failure prints its seed, and {@code -Dkiban.seed=<seed>}
 * repeats its files and moments.
 */
class ExactlyOnceIT {

  private static final String CODE = "332020";
  private static final List<String> CONSUMERS = List.of("010", "023");
  private static final List<String> INTERFACES = List.of(Feeder.BINARY, Feeder.CSV);
  private static final int FILES = Integer.getInteger("kiban.exactly-once.files", 400);
  private static final int KILLS = Integer.getInteger("kiban.exactly-once.kills", 4);
  private static final long SEED = Long.getLong("kiban.seed", System.nanoTime());

  private static final String DECLARATION =
      """
      interface: %s
      name: 殺されても一度だけ
      provider: "031"
      receive: { ready: { stable-seconds: 0, suffix: .tmp } }
      identity: file-name
      consumers: [{ system: "010" }, { system: "023" }]
      input: { profile: %s }
      output: { profile: %s }
      """;

  private final Random random = new Random(SEED);
  private final Map<String, Taker> takers = new TreeMap<>();
  private NodeProcess node;
  private Linkage linkage;
  private Feeder feeder;
  private SmallDisk disk;
  private int allowed;

  @Test
  void everyFileReachesEveryConsumerOnce() throws IOException {
    System.out.printf("ExactlyOnceIT: %d files, %d kills, seed %d%n", FILES, KILLS, SEED);
    node = NodeProcess.create("一度だけ");
    Files.createDirectories(node.data());
    try {
      disk = new SmallDisk(node.data(), 600 + FILES / 8);
      givenAProviderAndTwoConsumers();
      whileTheNodeIsKilledAgainAndAgain();
      thenAllIsThereOnceAndNothingElse();
    } catch (AssertionError e) {
      String log = node.tail("karaf.log");
      throw new AssertionError("-Dkiban.seed=%d%n%s%n--- log%n%s".formatted(SEED, e, log), e);
    } finally {
      takers.values().forEach(Taker::close);
      if (feeder != null) {
        feeder.close();
      }
      node.close();
      disk.close();
    }
  }

  private void givenAProviderAndTwoConsumers() {
    node.start();
    linkage = new Linkage(node, CODE).enable("031", "010", "023");
    linkage.declare(Feeder.BINARY, DECLARATION.formatted(Feeder.BINARY, "binary", "binary"));
    linkage.declare(Feeder.CSV, DECLARATION.formatted(Feeder.CSV, "legacy-cp932", "standard"));
    feeder = new Feeder(linkage, SEED);
    for (String consumer : CONSUMERS) {
      for (String id : INTERFACES) {
        takers.put(consumer + id, new Taker(linkage.out(consumer, id), random.nextLong()));
      }
    }
  }

  private void whileTheNodeIsKilledAgainAndAgain() throws IOException {
    for (int kill = 1; kill <= KILLS; kill++) {
      feed();
      if (kill == KILLS / 2) {
        withTheDiskFull();
      } else if (kill == KILLS / 2 + 1) {
        withADirectoryReadOnly();
      } else {
        Linkage.pause(random.nextInt(2_500));
        node.kill();
      }
      if (random.nextInt(5) == 0) {
        killedWhileItStarts();
      }
      node.start();
    }
    feeder.allow(FILES - allowed);
  }

  private void feed() {
    int share = FILES / (KILLS + 1);
    allowed += share;
    feeder.allow(share);
  }

  private void killedWhileItStarts() {
    Thread starting = new Thread(() -> node.kiban("start"));
    starting.start();
    await(Duration.ofSeconds(30), "the process is there", () -> node.process().isPresent());
    Linkage.pause(random.nextInt(8_000));
    node.kill();
    try {
      starting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void withTheDiskFull() throws IOException {
    if (!disk.isMounted()) {
      System.out.println("ExactlyOnceIT: no full disk, this user may not mount");
      node.kill();
      return;
    }
    Path waiting = linkage.in(Feeder.BINARY).resolve("full.bin.tmp");
    byte[] content = new byte[300_000];
    random.nextBytes(content);
    Files.write(waiting, content);
    // Neither consumers nor the node, which gives up half-written files, make room again.
    takers.values().forEach(t -> t.rest(true));
    disk.fill();
    Files.move(waiting, waiting.resolveSibling("full.bin"));
    feeder.expected().put("full.bin", Linkage.sha256(content));
    await(
        Duration.ofSeconds(60),
        "the full disk is reported",
        () -> {
          disk.fill();
          return problems().contains("KBN-EXCHANGE-30");
        });
    node.kill();
    disk.free();
    takers.values().forEach(t -> t.rest(false));
  }

  private void withADirectoryReadOnly() throws IOException {
    if (!disk.canProtect()) {
      System.out.println("ExactlyOnceIT: no read-only directory, root may not mount");
      node.kill();
      return;
    }
    Path place = linkage.out("023", Feeder.BINARY);
    disk.readOnly(place);
    byte[] content = new byte[1_000];
    random.nextBytes(content);
    feeder.expected().put("protected.bin", Linkage.sha256(content));
    linkage.drop(Feeder.BINARY, "protected.bin", content);
    await(
        Duration.ofSeconds(60),
        "the other consumer gets it",
        () -> takers.get("010" + Feeder.BINARY).taken().containsKey("protected.bin"));
    assertThat(takers.get("023" + Feeder.BINARY).taken()).doesNotContainKey("protected.bin");
    await(
        Duration.ofSeconds(60),
        "the read-only directory is reported",
        () -> problems().contains("KBN-EXCHANGE-303"));
    node.kill();
    disk.writable(place);
  }

  private void thenAllIsThereOnceAndNothingElse() {
    Map<String, String> expected = feeder.expected();
    int all = FILES + (disk.isMounted() ? 1 : 0) + (disk.canProtect() ? 1 : 0);
    await(
        Duration.ofSeconds(120 + FILES / 50),
        "all is taken",
        () -> expected.size() == all && taken() == 2L * CONSUMERS.size() * all);
    for (String consumer : CONSUMERS) {
      Map<String, List<String>> taken = new TreeMap<>();
      INTERFACES.forEach(id -> taken.putAll(takers.get(consumer + id).taken()));
      assertThat(taken).hasSize(2 * all).allSatisfy((name, hashes) -> assertOnce(name, hashes));
    }
    List<JsonNode> deliveries = linkage.deliveries();
    assertThat(deliveries).hasSize(all).allSatisfy(this::assertDelivered);
    linkage.verify();
    List.of("in", "out", "work", "quarantine")
        .forEach(place -> assertThat(Linkage.files(linkage.root().resolve(place))).isEmpty());
    assertThat(problems()).doesNotContain("KBN-EXCHANGE-");
  }

  private String problems() {
    return node.exec("municipality:show " + CODE).out();
  }

  private long taken() {
    return takers.values().stream().mapToLong(t -> t.taken().size()).sum();
  }

  private void assertOnce(String name, List<String> hashes) {
    assertThat(hashes).as("taken of " + name).hasSize(1);
    if (!name.endsWith(".manifest.json")) {
      assertThat(hashes).as("content of " + name).containsExactly(feeder.expected().get(name));
    }
  }

  private void assertDelivered(JsonNode delivery) {
    assertThat(delivery.get("state").asText()).isEqualTo("delivered");
    String name = delivery.get("file").asText();
    assertThat(delivery.get("out-sha256").asText()).isEqualTo(feeder.expected().get(name));
    assertThat(delivery.get("consumers"))
        .hasSize(2)
        .allSatisfy(c -> assertThat(c.get("state").asText()).isEqualTo("delivered"));
  }
}
