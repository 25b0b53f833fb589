package org.kiban.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kiban.core.ClockCheck.Judgement;
import org.kiban.core.TrustedClock.Trust;
import org.kiban.time.chrony.ChronyConfig;
import org.kiban.time.chrony.Chronyc;
import org.kiban.time.sntp.Sntp;
import org.kiban.time.vote.Judge;
import org.kiban.time.vote.SampleFilter.Sample;
import org.kiban.time.vote.Vote;

/** Five real servers, three of them right: our verdict is that of chrony itself. */
class ChronydTest implements Watch.Events {

  private static final Path CHRONYC = Path.of("/usr/bin/chronyc");
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final long MILLI = 1_000_000L;
  private static final long SURE = 2 * MILLI;

  private final Sntp sntp = new Sntp(InstantSource.system(), System::nanoTime);
  private final Deque<Chronyd> started = new ArrayDeque<>();
  private int[] ports;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(Chronyd.program().isPresent(), "chrony is not installed");
    ports = freePorts(5);
    for (int i = 0; i < 3; i++) {
      serve(i, "local stratum 1");
    }
    String follow = " iburst minpoll -4 maxpoll 0 offset ";
    serve(3, "server " + host(0) + " port " + ports[0] + follow + "0.250");
    serve(4, "server " + host(0) + " port " + ports[0] + follow + "-0.005");
  }

  @AfterEach
  void stop() throws IOException {
    while (!started.isEmpty()) {
      started.pop().close();
    }
  }

  private void serve(int number, String line) throws IOException {
    String port = "port " + ports[number];
    started.push(Chronyd.start(port, "bindaddress " + host(number), "allow 127.0.0.0/8", line));
  }

  /** One address for each: chrony tells servers apart by it. */
  private static String host(int number) {
    return "127.0.0.1" + number;
  }

  private static int[] freePorts(int count) throws IOException {
    int[] ports = new int[count];
    List<DatagramSocket> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(host(i)));
      sockets.add(socket);
      ports[i] = socket.getLocalPort();
    }
    sockets.forEach(DatagramSocket::close);
    return ports;
  }

  @Test
  void theLiarsAreNamedWithinThreeRoundsAsChronyNamesThem() throws Exception {
    // given
    String[] lines = new String[ports.length];
    for (int i = 0; i < lines.length; i++) {
      untilItServes(i);
      lines[i] = "s" + i + " " + host(i) + ":" + ports[i];
    }
    Judge.Limits limits = new Judge.Limits(500, 100 * MILLI, 60_000 * MILLI, 10 * MILLI);
    Watch watch =
        new Watch(
            InstantSource.system(),
            System::nanoTime,
            limits,
            TimeSource.parse(lines),
            s -> sntp.ask(s.address(), PATIENCE),
            this);

    // when
    for (int round = 0; round < 3; round++) {
      watch.round();
    }

    // then
    assertThat(watch.sources())
        .extracting(SourceView::verdict)
        .containsExactly(
            SourceView.Verdict.TRUE,
            SourceView.Verdict.TRUE,
            SourceView.Verdict.TRUE,
            SourceView.Verdict.FALSE,
            SourceView.Verdict.FALSE);
    assertThat(watch.sources().get(3).offsetMilliseconds()).isBetween(200.0, 300.0);
    Judgement judged = watch.judge();
    assertThat(judged.trust()).isEqualTo(Trust.TRUSTED);
    assertThat(judged.bound().orElseThrow()).isLessThan(Duration.ofMillis(50));
    assertThat(chronysVerdict()).isEqualTo(Map.of(0, true, 1, true, 2, true, 3, false, 4, false));
  }

  /** And until it is sure: one that may be off by so much that the truth is within tells no lie. */
  private void untilItServes(int number) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (System.nanoTime() < end) {
      try {
        Sample sample = sntp.ask(new InetSocketAddress(host(number), ports[number]), PATIENCE);
        if (sample.rootDistance() < SURE) {
          return;
        }
      } catch (IOException e) {
        assertThat(e).as("it does not serve yet").hasMessageNotContaining("negative delay");
      }
      started.peek().pause();
    }
    throw new AssertionError("no server " + number);
  }

  /** What a chronyd of its own says of the five, by their number; asked through its socket. */
  private Map<Integer, Boolean> chronysVerdict() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < ports.length; i++) {
      lines.add("server " + host(i) + " port " + ports[i] + " iburst minpoll -4 maxpoll 0");
    }
    lines.add("port 0");
    Chronyd judge = Chronyd.start(lines.toArray(String[]::new));
    started.push(judge);
    Chronyc chronyc = new Chronyc(CHRONYC, judge.socket());
    Map<Integer, Boolean> verdict = new TreeMap<>();
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (verdict.size() < ports.length && System.nanoTime() < end) {
      judge.pause();
      verdict.clear();
      for (Chronyc.Source s : sources(chronyc)) {
        if (!s.state().equals("unusable")) {
          int number = s.address().charAt(s.address().length() - 1) - '0';
          verdict.put(number, !s.state().equals("falseticker"));
        }
      }
    }
    assertThat(chronyc.tracking().leap()).isNotBlank();
    return verdict;
  }

  private static List<Chronyc.Source> sources(Chronyc chronyc) {
    try {
      return chronyc.sources();
    } catch (IOException e) {
      return List.of();
    }
  }

  @Test
  void chronyAcceptsItsConfiguration() throws Exception {
    // given
    String text =
        ChronyConfig.text(
            List.of(
                new ChronyConfig.Server("192.0.2.1", 123, false),
                new ChronyConfig.Server("192.0.2.2", 1123, true)),
            500);
    Path file = Files.createTempFile("kiban", ".conf");
    Files.writeString(file, text);

    // when
    Process check =
        new ProcessBuilder(Chronyd.program().orElseThrow().toString(), "-p", "-f", file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes());
    Files.delete(file);

    assertThat(check.waitFor()).as(said).isZero();
    assertThat(said).contains("server 192.0.2.2 port 1123 iburst nts").contains("maxslewrate 500");
  }

  @Override
  public void jumped(double milliseconds) {
    // The machine's clock may jump; not a matter of this test.
  }

  @Override
  public void voted(Optional<Vote.Verdict> verdict, List<SourceView> sources, boolean news) {
    // Read from the watch.
  }
}
