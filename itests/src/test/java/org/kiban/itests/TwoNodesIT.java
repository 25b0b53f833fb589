package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kiban.itests.Linkage.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A node in the town hall sends to one in the cloud, broker to broker over TLS, set up as {@code
 * docs/operator/node-to-node.md} says. The link is down, first without an answer and then refused,
 * then each side is killed in the middle: every file arrives once, and the sender learns of it.
 * {@code -Dkiban.seed=<seed>} repeats a run.
 */
class TwoNodesIT {

  private static final String CODE = "332020";
  private static final String ID = "031-send";
  private static final String LOCAL = "031-here";
  private static final int SHARE = Integer.getInteger("kiban.two-nodes.files", 60);
  private static final long SEED = Long.getLong("kiban.seed", System.nanoTime());
  private static final int LARGE = 3_000_000;
  private static final String BROKER = "org.kiban.messaging.broker.cfg.json";
  private static final String PASSWORD = "Tk7-made-up-for-this-link";

  /** The sender tries again after a minute at the latest, and a call may take 30 s to fail. */
  private static final Duration LONGEST = Duration.ofSeconds(180);

  private static final String SENDING =
      """
      interface: 031-send
      name: クラウドへ
      provider: "031"
      receive: { ready: { stable-seconds: 0, suffix: .tmp } }
      consumers: [{ system: "010", transport: node, options: { peer: cloud } }]
      input: { profile: binary }
      output: { profile: binary }
      """;

  private static final String STAYING =
      """
      interface: 031-here
      name: 庁舎の中へ
      provider: "031"
      receive: { ready: { stable-seconds: 0, suffix: .tmp } }
      consumers: [{ system: "023" }]
      input: { profile: binary }
      output: { profile: binary }
      """;

  private static final String RECEIVING =
      """
      interface: 031-send
      name: 庁舎から
      provider: "031"
      receive: { transport: node }
      consumers: [{ system: "010" }]
      input: { profile: binary }
      output: { profile: binary }
      """;

  private final Random random = new Random(SEED);
  private final Map<String, String> sent = new TreeMap<>();
  private NodeProcess chosha;
  private NodeProcess cloud;
  private Linkage sender;
  private Linkage receiver;
  private Taker taker;
  private int local;

  @Test
  void everyFileArrivesOnceWhateverHappensToTheLinkOrANode() throws IOException {
    System.out.printf("TwoNodesIT: %d files, seed %d%n", 4 * SHARE, SEED);
    chosha = NodeProcess.create("庁舎");
    cloud = NodeProcess.create("クラウド");
    try {
      givenALink();
      whenTheLinkIsDownForAWhile();
      whenTheReceiverIsKilledInTheMiddle();
      whenTheSenderIsKilledInTheMiddle();
      thenAllIsThereOnceAndTheSenderKnows();
    } catch (AssertionError e) {
      throw new AssertionError(
          "-Dkiban.seed=%d%n--- sender%n%s%n%s%n--- receiver%n%s%n%s%n--- %s"
              .formatted(
                  SEED,
                  chosha.tail("karaf.log"),
                  chosha.threads("org.kiban.exchange"),
                  cloud.tail("karaf.log"),
                  cloud.threads("org.kiban.exchange"),
                  e.getMessage()),
          e);
    } finally {
      if (taker != null) {
        taker.close();
      }
      chosha.close();
      cloud.close();
    }
  }

  private void givenALink() throws IOException {
    cloud.start();
    receiver = new Linkage(cloud, CODE).enable("031", "010");
    receiver.declare(ID, RECEIVING);
    Path users = cloud.etc().resolve("users.properties");
    Files.writeString(
        users,
        Files.readString(users)
            + "\nchosha-"
            + CODE
            + " = "
            + PASSWORD
            + ",integrate,municipality-"
            + CODE);

    chosha.configure("org.kiban.node.cfg.json", "{ \"node-name\": \"chosha\" }");
    chosha.configure(
        "org.kiban.exchange.node.cfg.json",
        "{ \"peers\": [\"cloud=localhost:" + cloud.port(BROKER) + "\"] }");
    Path peer = Files.createDirectories(chosha.etc().resolve("peers/cloud"));
    Files.copy(cloud.data().resolve("node/security/ca.crt"), peer.resolve("ca.pem"));
    Path credentials =
        Files.createFile(
            peer.resolve(CODE + ".properties"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(credentials, "user=chosha-" + CODE + "\npassword=" + PASSWORD + "\n");
    chosha.start();
    sender = new Linkage(chosha, CODE).enable("031", "010", "023");
    sender.declare(ID, SENDING);
    sender.declare(LOCAL, STAYING);

    taker = new Taker(receiver.out("010", ID), random.nextLong());
    send(SHARE);
    await(Duration.ofSeconds(60), "the first files arrive", () -> arrived() == sent.size());
    await(Duration.ofSeconds(30), "their receipts return", () -> inState("confirmed") == SHARE);
  }

  private void whenTheLinkIsDownForAWhile() throws IOException {
    cloud.stop();
    try (ServerSocket mute =
        new ServerSocket(cloud.port(BROKER), 50, InetAddress.getLoopbackAddress())) {
      send(SHARE);
      await(Duration.ofSeconds(60), "all is taken in", () -> inState("accepted") == SHARE);
      thenWhatStaysHereIsDeliveredAsEver("mute on port " + mute.getLocalPort());
      await(
          Duration.ofSeconds(60),
          "the link is reported",
          () -> chosha.exec("municipality:show " + CODE).out().contains("KBN-EXCHANGE-303"));
    }
    thenWhatStaysHereIsDeliveredAsEver("refused");
    assertThat(inState("delivered")).isZero();
    cloud.start();
  }

  /** One after the other, so that each would wait for a connection that is being tried. */
  private void thenWhatStaysHereIsDeliveredAsEver(String link) throws IOException {
    long begin = System.nanoTime();
    for (int i = 0; i < 10; i++) {
      String name = "local%03d.bin".formatted(local++);
      sender.drop(LOCAL, name, name.getBytes(StandardCharsets.UTF_8));
      await(
          Duration.ofSeconds(8),
          "the other machine " + link + ": " + name,
          () -> Files.exists(sender.out("023", LOCAL).resolve(name)));
    }
    System.out.printf(
        "TwoNodesIT: the other machine %s, ten files one by one in %d ms%n",
        link, (System.nanoTime() - begin) / 1_000_000);
  }

  private void whenTheReceiverIsKilledInTheMiddle() throws IOException {
    int before = arrived();
    send(SHARE);
    await(LONGEST, "some arrive after the link was down", () -> arrived() > before);
    Linkage.pause(random.nextInt(300));
    cloud.kill();
    cloud.start();
  }

  private void whenTheSenderIsKilledInTheMiddle() throws IOException {
    int before = arrived();
    send(SHARE);
    await(LONGEST, "some arrive after the receiver was killed", () -> arrived() > before);
    Linkage.pause(random.nextInt(300));
    chosha.kill();
    chosha.start();
  }

  private void thenAllIsThereOnceAndTheSenderKnows() {
    await(LONGEST, "all arrive", () -> arrived() == sent.size());
    await(Duration.ofSeconds(60), "all is confirmed", () -> inState("confirmed") == sent.size());
    sent.forEach(
        (name, hash) -> assertThat(taker.taken().get(name)).as(name).containsExactly(hash));
    assertThat(taker.taken()).hasSize(2 * sent.size());
    taker.taken().forEach((name, hashes) -> assertThat(hashes).as(name).hasSize(1));
    assertThat(sender.deliveries()).hasSize(sent.size() + local);
    assertThat(receiver.deliveries()).hasSize(sent.size());
    sender.verify();
    receiver.verify();
    for (Linkage end : List.of(sender, receiver)) {
      List.of("in", "work", "quarantine")
          .forEach(place -> assertThat(Linkage.files(end.root().resolve(place))).isEmpty());
    }
    assertThat(Linkage.files(receiver.root().resolve("out"))).isEmpty();
    assertThat(Linkage.files(sender.out("010", ID)))
        .extracting(p -> p.getFileName().toString())
        .containsExactly("keep");
  }

  private void send(int files) throws IOException {
    for (int i = 0; i < files; i++) {
      byte[] content = new byte[i == 0 ? LARGE : 1 + random.nextInt(150_000)];
      random.nextBytes(content);
      String name = "s%05d.bin".formatted(sent.size());
      sent.put(name, Linkage.sha256(content));
      sender.drop(ID, name, content);
    }
  }

  private int arrived() {
    return (int) taker.taken().keySet().stream().filter(n -> n.endsWith(".bin")).count();
  }

  private long inState(String state) {
    return sender.deliveries().stream()
        .filter(d -> d.get("interface-id").asText().equals(ID))
        .map((JsonNode d) -> d.get("state").asText())
        .filter(state::equals)
        .count();
  }
}
