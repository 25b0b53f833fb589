package org.kiban.logship.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.logship.Segments;
import org.kiban.logship.frame.FrameStore;
import org.kiban.logship.frame.StampedStore;
import org.kiban.logship.ship.Destination;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.Segment;
import org.kiban.logship.tls.TestNode;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;

class NodeToNodeTest {

  private static final Origin FILE = Segments.origin("a");

  @TempDir private static Path pki;
  private static TestNode chosha;
  private static TestNode relay;
  private static TestNode cloud;

  @TempDir private Path home;
  private final List<AutoCloseable> running = new ArrayList<>();

  @BeforeAll
  static void certificates() throws Exception {
    chosha = TestNode.in(pki, "chosha");
    relay = TestNode.in(pki, "relay");
    cloud = TestNode.in(pki, "cloud");
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : running) {
      one.close();
    }
  }

  @Test
  void goesOnFromWhereTheReceiverIsAfterBothWereAway() throws Exception {
    TestSite receiver = site(cloud).knows(chosha).start(Map.of("accept", line("chosha")));
    Segment first = Segments.plain(FILE, Position.START, "一行目\n二行目\n");
    Segment second = Segments.plain(FILE, first.after(), "三行目\n");
    try (Destination destination = to(receiver, cloud)) {
      assertThat(destination.position(FILE, Position.START)).isEqualTo(Position.START);
      assertThat(sent(destination, first)).isEqualTo(first.after());
    }
    receiver.close();
    receiver.start(Map.of("accept", line("chosha")));

    try (Destination destination = to(receiver, cloud)) {
      // when a sender that remembers nothing asks
      assertThat(destination.position(FILE, Position.START)).isEqualTo(first.after());
      assertThat(sent(destination, first)).isEqualTo(first.after());
      assertThat(sent(destination, second)).isEqualTo(second.after());
    }
    running.clear();
    receiver.close();
    assertThat(lines(cloud)).isEqualTo("一行目\n二行目\n三行目\n");
  }

  @Test
  void takesUpARenewedCertificateWithoutARestart() throws Exception {
    TestNode old = TestNode.in(home.resolve("old"), "cloud");
    TestNode renewed = TestNode.in(home.resolve("renewed"), "cloud");
    TestSite receiver = site(old).knows(chosha).start(Map.of("accept", line("chosha")));
    running.add(receiver);
    try (Destination destination = to(receiver, renewed)) {
      assertThatThrownBy(() -> destination.position(FILE, Position.START))
          .isInstanceOf(IOException.class);

      Files.copy(renewed.keyStore(), old.keyStore(), StandardCopyOption.REPLACE_EXISTING);

      assertThat(destination.position(FILE, Position.START)).isEqualTo(Position.START);
    }
  }

  @Test
  void aRelayKeepsWhatItsOwnReceiverCannotTakeYet() throws Exception {
    TestSite last = site(cloud).knows(relay).start(Map.of("accept", line("relay relays=yes")));
    last.close();
    TestSite between =
        site(relay)
            .knows(chosha)
            .knows(cloud)
            .start(
                Map.of(
                    "accept",
                    line("chosha"),
                    "destinations",
                    line("cloud type=node address=127.0.0.1:" + last.port())));
    running.add(between);
    Segment first = Segments.plain(FILE, Position.START, "その一\n");
    Segment second = Segments.plain(FILE, first.after(), "その二\n");
    try (Destination destination = to(between, relay)) {
      destination.position(FILE, Position.START);
      assertThat(sent(destination, first)).isEqualTo(first.after());
      assertThat(sent(destination, second)).isEqualTo(second.after());
    }

    last.start(Map.of("accept", line("relay relays=yes")));

    await(() -> asked(last, relay).events() == 2);
    last.close();
    assertThat(lines(cloud)).isEqualTo("その一\nその二\n");
  }

  @Test
  void aSenderMayNotSpeakForAnother() throws Exception {
    TestSite receiver =
        site(cloud).knows(chosha).knows(relay).start(Map.of("accept", line("chosha", "relay")));
    running.add(receiver);
    Origin foreign = new Origin(FILE.id(), "chosha/gyomu", FILE.name(), FILE.born());
    try (Destination destination = site(relay).knows(cloud).destination(address(receiver))) {
      assertThatThrownBy(() -> destination.position(foreign, Position.START))
          .isInstanceOf(IOException.class);
    }
    // and the same file's name on the other node is another lane
    try (Destination destination = to(receiver, cloud)) {
      assertThat(destination.position(FILE, Position.START)).isEqualTo(Position.START);
    }
  }

  @Test
  void takesSyslogOfAMachineThatMaySend() throws Exception {
    TestSite receiver =
        site(cloud)
            .knows(chosha)
            .start(Map.of("accept-syslog", line("chosha"), "masks", line("key=(\\S+)")));
    running.add(receiver);
    InetSocketAddress there =
        InetSocketAddress.createUnresolved("127.0.0.1", receiver.syslogPort());

    try (Socket machine = cloud.peer().connect(chosha, there)) {
      machine.getOutputStream().write("19 <14>1 - - a - - - x19 <14>1 - - b - - - y".getBytes());
      machine.getOutputStream().write("<14>1 - - c - - - 123456789018 key=secret\n".getBytes());
      machine.getOutputStream().flush();
      machine.shutdownOutput();
      await(() -> machine.getInputStream().read() < 0);
    }
    assertThatThrownBy(
            () -> {
              try (Socket stranger = cloud.peer().connect(relay, there)) {
                stranger.getInputStream().read();
              }
            })
        .isInstanceOf(IOException.class);

    running.clear();
    receiver.close();
    assertThat(lines(cloud))
        .contains("\"app\":\"a\"")
        .contains("\"app\":\"b\"")
        .contains("************ key=******");
  }

  private TestSite site(TestNode node) {
    return new TestSite(node, home.resolve(node.name()));
  }

  private Destination to(TestSite receiver, TestNode who) throws IOException {
    Path own = java.nio.file.Files.createTempDirectory(home, "chosha");
    return new TestSite(chosha, own)
        .knows(who)
        .destination(who.name() + " type=node address=127.0.0.1:" + receiver.port());
  }

  private static String address(TestSite receiver) {
    return "cloud type=node address=127.0.0.1:" + receiver.port();
  }

  private Position asked(TestSite last, TestNode by) throws IOException {
    Path own = java.nio.file.Files.createTempDirectory(home, "asking");
    try (Destination destination = new TestSite(by, own).knows(cloud).destination(address(last))) {
      return destination.position(
          new Origin(FILE.id(), "chosha/gyomu", FILE.name(), FILE.born()), Position.START);
    }
  }

  private static Position sent(Destination destination, Segment segment) throws Exception {
    CompletableFuture<Position> answer = destination.send(segment);
    return answer.get(20, TimeUnit.SECONDS);
  }

  private String lines(TestNode node) throws IOException {
    StringBuilder text = new StringBuilder();
    TestSite site = site(node);
    FrameStore frames =
        new FrameStore(
            site.municipalityDirectory(TestSite.CODE, "logship").resolve("received"),
            new JournalsComponent(new DurableFilesComponent()),
            site.municipality(TestSite.CODE, ""),
            new FrameStore.Room(1 << 30, 1 << 20));
    try (StampedStore store = new StampedStore(frames, InstantSource.system())) {
      store.read(
          (stored, frame) -> text.append(StandardCharsets.UTF_8.decode(frame.unpack().body())));
    }
    return text.toString();
  }

  private static String[] line(String... lines) {
    return lines;
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("waited 30 s").isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }
}
