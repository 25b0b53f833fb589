package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kiban.itests.Linkage.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Numbered messages go from a queue through a route to another queue and to files, while the route
 * is swapped for good and bad versions and the node is killed: what is received is what was sent,
 * each once. The full size: {@code mvn verify -pl itests -am -Dtest=none -Dit.test=ZeroLossIT
 * -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
 * -Dkiban.zero-loss.messages=100000 -Dkiban.zero-loss.swaps=50 -Dkiban.zero-loss.kills=10}. A
 * failure prints its seed, and {@code -Dkiban.seed=<seed>} repeats its moments.
 */
class ZeroLossIT {

  private static final String CODE = "332020";
  private static final int MESSAGES = Integer.getInteger("kiban.zero-loss.messages", 3_000);
  private static final int RATE = Integer.getInteger("kiban.zero-loss.rate", 500);
  private static final int SWAPS = Integer.getInteger("kiban.zero-loss.swaps", 5);
  private static final int KILLS = Integer.getInteger("kiban.zero-loss.kills", 1);
  private static final long LONGEST_PAUSE_MS = 2_000;
  private static final long SEED = Long.getLong("kiban.seed", System.nanoTime());

  private static final String ROUTE =
      """
      # version %d
      - route:
          id: numbers
          from:
            uri: sjms2:queue:332020.numbers.in?transacted=true
            steps:
      %s
              - to: file:numbers?fileName=${header.number}&fileExist=Override
              - to: sjms2:queue:332020.numbers.out?transacted=true
      """;

  /** What makes a version bad, each in another way. */
  private static final List<String> BAD =
      List.of(
          "        - to: nosuchcomponent:x",
          "      this is: [not YAML",
          "        - throwException: { exceptionType: java.lang.IllegalStateException, message: bad }",
          "        - to: file:gone?autoCreate=false&directoryMustExist=true");

  private final Random random = new Random(SEED);
  private final List<Long> pauses = new ArrayList<>();
  private NodeProcess node;
  private ConnectionFactory broker;
  private int version;
  private String good;

  @Test
  void whatIsReceivedIsWhatWasSent() throws IOException, GeneralSecurityException {
    System.out.printf(
        "ZeroLossIT: %d messages at %d/s, %d swaps, %d kills, seed %d%n",
        MESSAGES, RATE, SWAPS, KILLS, SEED);
    node = NodeProcess.create("損失なし");
    try {
      givenARoute();
      try (NumberTaker taker = new NumberTaker(broker, CODE + ".numbers.out", MESSAGES);
          NumberSender sender = new NumberSender(broker, CODE + ".numbers.in", MESSAGES, RATE)) {
        whileTheRouteIsSwappedAndTheNodeKilled(taker, sender);
        thenAllIsThereOnce(taker, sender);
      }
    } catch (AssertionError e) {
      String log = node.tail("karaf.log");
      throw new AssertionError("-Dkiban.seed=%d%n%s%n--- log%n%s".formatted(SEED, e, log), e);
    } finally {
      node.close();
    }
  }

  private void givenARoute() throws IOException, GeneralSecurityException {
    node.configure("org.kiban.route.cfg.json", "{\"grace-seconds\": 1, \"scan-interval-ms\": 200}");
    Broker.admit(node, CODE);
    node.start();
    node.exec("municipality:enable " + CODE + " messaging").expect(0);
    node.exec("municipality:enable " + CODE + " route").expect(0);
    broker = Broker.of(node);
    await(
        Duration.ofSeconds(60),
        "routes are served",
        () -> node.exec("route:list " + CODE).status() == 0);
    deploy(good()).expect(0);
  }

  private String good() {
    good = ROUTE.formatted(++version, "        - log: { message: ok, loggingLevel: TRACE }");
    return good;
  }

  private String bad() {
    return ROUTE.formatted(++version, BAD.get(random.nextInt(BAD.size())));
  }

  private Shell.Result deploy(String content) throws IOException {
    Path folder = Files.createDirectories(node.data().resolveSibling("desk"));
    Path file = Files.writeString(folder.resolve("numbers.camel.yaml"), content);
    return node.exec("route:deploy " + CODE + " '" + file + "'");
  }

  private void whileTheRouteIsSwappedAndTheNodeKilled(NumberTaker taker, NumberSender sender)
      throws IOException {
    List<Integer> killed =
        random.ints(0, SWAPS).distinct().limit(KILLS).boxed().collect(Collectors.toList());
    long length = MESSAGES * 1_000L / RATE;
    await(Duration.ofSeconds(60), "messages flow", () -> taker.taken() > RATE);
    for (int swap = 0; swap < SWAPS; swap++) {
      int due = (int) ((long) MESSAGES * swap / SWAPS);
      await(Duration.ofMillis(60_000 + length), "messages go on", () -> sender.sent() >= due);
      if (killed.contains(swap)) {
        killedWhileSwapping(taker);
      } else {
        swap(taker);
      }
    }
  }

  private void swap(NumberTaker taker) throws IOException {
    long from = System.nanoTime();
    boolean isGood = random.nextInt(3) > 0;
    Shell.Result answer = deploy(isGood ? good() : bad());
    assertThat(answer.status()).as(answer.out() + answer.err()).matches(s -> isGood == (s == 0));
    JsonNode route = route();
    assertThat(route.get("state").asText()).isEqualTo("running");
    if (isGood) {
      pauses.add(route.get("pause-milliseconds").asLong());
    }
    long pause = taker.longestPause(from, System.nanoTime());
    assertThat(pause).as("pause while swapping").isLessThanOrEqualTo(LONGEST_PAUSE_MS);
    pauses.add(pause);
  }

  private void killedWhileSwapping(NumberTaker taker) throws IOException {
    String content = random.nextBoolean() ? good() : bad();
    node.configure("routes/" + CODE + "/numbers.camel.yaml", content);
    Linkage.pause(random.nextInt(2_500));
    node.kill();
    node.start();
    int before = taker.taken();
    await(
        Duration.ofSeconds(60),
        "the last good or the new version runs",
        () -> route().get("state").asText().equals("running"));
    // A first-come bad version may still be on trial; the good one lies there again for the next.
    node.configure("routes/" + CODE + "/numbers.camel.yaml", good);
    await(
        Duration.ofSeconds(60),
        "it is in force",
        () -> taker.taken() > before && route().get("problems").isEmpty());
  }

  private JsonNode route() {
    try {
      Shell.Result answer = node.exec("route:show --json " + CODE + " numbers");
      return answer.status() == 0
          ? new ObjectMapper().readTree(answer.out())
          : new ObjectMapper().readTree("{\"state\": \"none\", \"problems\": [1]}");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A busy machine takes fewer than are sent: what counts is that they come to an end. */
  private static void whileMessagesGoOn(NumberTaker taker, BooleanSupplier through) {
    while (!through.getAsBoolean()) {
      int before = taker.taken();
      await(
          Duration.ofSeconds(60),
          before + " of " + MESSAGES + " are through, and messages go on",
          () -> taker.taken() > before || through.getAsBoolean());
    }
  }

  private void thenAllIsThereOnce(NumberTaker taker, NumberSender sender) throws IOException {
    await(
        Duration.ofSeconds(120 + MESSAGES / RATE), "all is sent", () -> sender.sent() == MESSAGES);
    whileMessagesGoOn(taker, () -> taker.taken() + route().get("kept").asInt() >= MESSAGES);
    if (route().get("kept").asInt() > 0) {
      node.exec("route:replay " + CODE + " numbers").expect(0);
    }
    whileMessagesGoOn(taker, () -> taker.taken() == MESSAGES);
    assertThat(taker.twice()).as("numbers received twice").isEmpty();
    assertThat(route().get("kept").asInt()).isZero();
    Path files = node.data().resolve(CODE).resolve("route/files/numbers");
    var names =
        Linkage.files(files).stream()
            .map(f -> f.getFileName().toString())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(names)
        .isEqualTo(
            IntStream.rangeClosed(1, MESSAGES)
                .mapToObj(Integer::toString)
                .collect(Collectors.toCollection(TreeSet::new)));
    for (String name : names) {
      assertThat(Files.readString(files.resolve(name))).isEqualTo("番号 " + name);
    }
    System.out.printf(
        "ZeroLossIT: longest pause %d ms, median %d ms of %d swaps%n",
        pauses.stream().mapToLong(p -> p).max().orElse(0),
        pauses.stream().mapToLong(p -> p).sorted().skip(pauses.size() / 2).findFirst().orElse(0),
        SWAPS - KILLS);
  }
}
