package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kiban.itests.Linkage.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.kiban.itests.NextDistribution.Fault;
import org.kiban.itests.addon.AddonFactory;
import org.kiban.itests.addon.UpdateRepository;

/** A node at work, whose version is changed while messages come in. */
abstract class HomesBench {

  static final String CODE = "332020";
  static final String QUEUE = CODE + ".orders";
  static final String ID = "031-homes";
  static final Duration LONG = Duration.ofMinutes(5);

  static final Duration BACK = Duration.ofSeconds(30);

  static final String DECLARATION =
      """
      interface: 031-homes
      name: 版の入れ替え
      provider: "031"
      receive: { ready: { stable-seconds: 0, suffix: .tmp } }
      consumers: [{ system: "010" }]
      input: { profile: binary }
      output: { profile: binary }
      """;

  static final String ROUTE =
      """
      - route:
          id: copy
          from:
            uri: file:copy/in?initialDelay=0&delay=200
            steps:
              - to: file:copy/out
      """;

  static NodeProcess node;
  static UpdateRepository repository;
  static NextDistribution next;
  static NumberSender sender;
  static Map<String, String> etc;
  static String digest;
  static Duration usual;
  static long seed;
  static int made;

  @BeforeAll
  static void startANodeAtWork() throws Exception {
    seed = Long.getLong("kiban.seed", System.nanoTime());
    repository = new UpdateRepository(Distribution.work().resolve("本体 更新元"));
    next = new NextDistribution(Distribution.work().resolve("次の版"));
    node = NodeProcess.create("本体");
    AddonFactory addons =
        new AddonFactory(Distribution.work().resolve("本体 kar"), Distribution.shared().home());
    node.configure("trust/example.yaml", addons.trust())
        .configure("update/root.json", repository.anchor())
        .configure("org.kiban.update.node.cfg.json", settings(240));
    Broker.admit(node, CODE);
    node.start();
    long began = System.nanoTime();
    node.stop().start();
    usual = Duration.ofNanos(System.nanoTime() - began);
    Linkage linkage = new Linkage(node, CODE).enable("031", "010");
    for (String capability : new String[] {"update", "route"}) {
      node.exec("municipality:enable " + CODE + " " + capability).expect(0);
    }
    linkage.declare(ID, DECLARATION);
    linkage.drop(ID, "a.bin", new byte[] {1, 2, 3});
    await(LONG, "delivered", () -> Files.exists(linkage.out("010", ID).resolve("a.bin")));
    node.configure("routes/" + CODE + "/copy.camel.yaml", ROUTE);
    await(LONG, "the route runs", () -> list("route:list " + CODE).contains("running"));
    node.exec("addon:install '" + addons.make("1.0.0") + "'").expect(0);
    sender = new NumberSender(Broker.of(node), QUEUE, Integer.MAX_VALUE, 20);
    await(LONG, "messages come", () -> sender.sent() > 20);
    remember();
  }

  static String settings(int trialSeconds) {
    return "{\"automatic\": false, \"approve-urgent\": false, \"trial-settle-seconds\": 3,"
        + " \"trial-seconds\": %d}".formatted(trialSeconds);
  }

  /** For versions that do not come as far as to judge themselves. */
  static void limit(int trialSeconds) throws IOException {
    node.configure("org.kiban.update.node.cfg.json", settings(trialSeconds));
    Linkage.pause(5000);
    await(LONG, "it is read", () -> node.exec("update:status").status() == 0);
    remember();
  }

  static void remember() throws IOException {
    digest = digest();
    etc = NextDistribution.digests(node.etc());
  }

  @AfterAll
  static void end() {
    if (sender != null) {
      sender.close();
    }
    launcher().ifPresent(ProcessHandle::destroyForcibly);
    node.close();
  }

  static String list(String command) {
    return node.exec(command).out();
  }

  static String digest() {
    return node.exec("node:digest").expect(0).out().lines().findFirst().orElseThrow();
  }

  static JsonNode json(String command) {
    try {
      String text = list(command + " --json");
      return new ObjectMapper().readTree(text.isBlank() ? "{}" : text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last thing that happened to the node itself, once it has ended. */
  static String outcome() {
    for (JsonNode note : json("update:history")) {
      if (note.path("kind").asText().equals("distribution")) {
        return note.path("what").asText().toLowerCase(java.util.Locale.ROOT)
            + " "
            + note.path("to").asText();
      }
    }
    return "";
  }

  /** Offers the next version; returns it. */
  static String offer(Fault fault) throws IOException {
    String version = "0.1." + ++made;
    Path archive = next.make(version, fault);
    repository.offer(archive, "distribution", "kiban", version, "urgent");
    Files.delete(archive);
    node.exec("update:import '" + repository.folder() + "'").expect(0);
    return version;
  }

  static void apply() {
    assertThat(node.exec("update:apply").expect(0).out()).contains("unpacked ", "begun");
  }

  static void awaitOutcome(String wanted) {
    try {
      await(LONG, wanted, () -> outcome().equals(wanted) && status("ready"));
    } catch (AssertionError e) {
      throw new AssertionError(
          e.getMessage()
              + "\n"
              + list("update:history")
              + "\n"
              + node.kiban("status").out()
              + "\n"
              + node.tail("console.log")
              + "\n"
              + node.tail("karaf.log")
              + "\nseed "
              + seed,
          e);
    }
  }

  static boolean status(String text) {
    Shell.Result status = node.kiban("status");
    return status.status() == 0
        && status.out().contains(text)
        && !status.out().contains("(on trial)");
  }

  /** Whether the process is that of a version beside the one that was unpacked. */
  static boolean runs(String version) {
    return node.process()
        .flatMap(p -> p.info().commandLine())
        .filter(line -> line.contains("/homes/" + version))
        .isPresent();
  }

  static String version() {
    return node.kiban("--version").expect(0).out().strip();
  }

  /** As it was before, but for the work that went on. */
  static void thenTheOldOneGoesOn() throws IOException {
    assertThat(version()).isEqualTo("kiban " + System.getProperty("kiban.version"));
    assertThat(NextDistribution.digests(node.etc())).isEqualTo(etc);
    await(LONG, "the state is as before", () -> digest().equals(digest));
    thenNothingIsMissing();
  }

  static void thenNothingIsMissing() {
    assertThat(node.data().resolve("node/update/trial")).doesNotExist();
    await(LONG, "the route runs", () -> list("route:list " + CODE).contains("running"));
    assertThat(list("addon:list")).contains("1.0.0");
    new Linkage(node, CODE).verify();
    int sent = sender.sent();
    await(LONG, "messages come again", () -> sender.sent() > sent);
    assertThat(count()).isGreaterThanOrEqualTo(sent);
  }

  static long count() {
    for (JsonNode queue : json("messaging:list " + CODE)) {
      if (queue.path("queue").asText().equals(QUEUE)) {
        return queue.path("messages").asLong();
      }
    }
    return -1;
  }

  static java.util.Optional<ProcessHandle> launcher() {
    return node.process()
        .flatMap(ProcessHandle::parent)
        .filter(p -> p.info().commandLine().orElse("").contains("bin/kiban run"));
  }

  /** Ends launcher and node as a power cut does. */
  static void cut() {
    launcher().ifPresent(ProcessHandle::destroyForcibly);
    node.kill();
  }

  static void cutWhen(BooleanSupplier moment) {
    await(LONG, "the moment to cut it off", moment);
    cut();
  }

  static void cutWhenSaid(String pattern) throws IOException {
    try (BufferedReader out = node.begin("update:apply").inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.matches(".*" + pattern + ".*")) {
          cut();
          return;
        }
      }
    }
    throw new AssertionError("never said: " + pattern);
  }

  static Path update(String file) {
    return node.data().resolve("node/update").resolve(file);
  }

  static void goesBack(Fault fault) throws IOException {
    String version = offer(fault);
    apply();
    await(LONG, "it fails", () -> Files.exists(update("failed")));
    long failed = System.nanoTime();
    await(LONG, "the old one is ready", () -> status("ready"));
    Duration took = Duration.ofNanos(System.nanoTime() - failed);
    System.out.println(fault + ": the old version was ready again after " + took);
    // A machine with so much else to do that any restart takes long is given twice its time.
    Duration limit = usual.multipliedBy(2).plusSeconds(10);
    assertThat(took).isLessThan(limit.compareTo(BACK) > 0 ? limit : BACK);
    awaitOutcome("returned " + version);
    thenTheOldOneGoesOn();
  }
}
