package org.kiban.logship.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.logship.Segments;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.Segment;
import org.kiban.logship.tls.TestNode;

class SyslogTest {

  private static final Origin FILE = Segments.origin("a");

  @TempDir private Path home;
  private TestNode server;
  private TestNode client;
  private int port;

  @BeforeEach
  void certificates() throws Exception {
    assumeTrue(Rsyslog.isPresent(), "Debian's rsyslog with rsyslog-gnutls is not installed");
    server = TestNode.in(home, "loghost");
    client = TestNode.in(home, "kura1");
    port = Rsyslog.freePort();
  }

  @Test
  void reachesRsyslogWholeAndInOrder() throws Exception {
    Segment first = Segments.plain(FILE, Position.START, "住民票 発行\n 空白で始まる行\n\n");
    Segment second = document(first.after());
    try (Rsyslog rsyslog = Rsyslog.start(home.resolve("rsyslog"), server, client, port);
        SyslogDestination destination = destination(client)) {
      destination.position(FILE, Position.START);
      destination.send(first).join();
      destination.send(second).join();

      String place = "kura1 gyomu [kiban@32473 stream=\"" + "a".repeat(32) + "\" offset=\"";
      await(
          rsyslog,
          place
              + "0\"] 住民票 発行\n"
              + place
              + "17\"]  空白で始まる行\n"
              + place
              + "40\"] \n"
              + place
              + "41\"] 一行目\n");
    }
  }

  @Test
  void noticesThatTheReceiverWentAwayAndComesBack() throws Exception {
    Segment first = Segments.plain(FILE, Position.START, "一\n");
    Segment second = Segments.plain(FILE, first.after(), "二\n");
    try (SyslogDestination destination = destination(client)) {
      try (Rsyslog rsyslog = Rsyslog.start(home.resolve("rsyslog"), server, client, port)) {
        destination.position(FILE, Position.START);
        destination.send(first).join();
        awaitEnd(rsyslog, "一\n");
      }
      untilRefused(destination, second);
      assertThatThrownBy(() -> destination.position(FILE, first.after()))
          .isInstanceOf(IOException.class);
      try (Rsyslog rsyslog = Rsyslog.start(home.resolve("rsyslog"), server, client, port)) {
        assertThat(destination.position(FILE, first.after())).isEqualTo(first.after());
        destination.send(second).join();
        awaitEnd(rsyslog, "二\n");
      }
    }
  }

  private SyslogDestination destination(TestNode who) {
    return new SyslogDestination(
        who.name(),
        () -> server.peer().connect(who, InetSocketAddress.createUnresolved("127.0.0.1", port)));
  }

  private static Segment document(Position before) {
    byte[] body =
        "{\"message\":\"一行目\",\"@timestamp\":\"2026-11-23T01:02:03.123456789Z\"}\n"
            .getBytes(StandardCharsets.UTF_8);
    return new Segment(
        FILE,
        before,
        before.offset() + 10,
        1,
        Segment.Form.DOCUMENT,
        body,
        body.length,
        new int[] {0});
  }

  /** The connection's end shows a moment after the receiver's. */
  private static void untilRefused(SyslogDestination destination, Segment segment) {
    long end = deadline();
    while (System.nanoTime() < end) {
      try {
        destination.send(segment).join();
        park();
      } catch (IOException e) {
        return;
      }
    }
    throw new AssertionError("the connection still seems to be good");
  }

  private static void await(Rsyslog rsyslog, String expected) throws IOException {
    long end = deadline();
    while (!rsyslog.received().equals(expected) && System.nanoTime() < end) {
      park();
    }
    assertThat(rsyslog.received()).isEqualTo(expected);
  }

  private static void awaitEnd(Rsyslog rsyslog, String expected) throws IOException {
    long end = deadline();
    while (!rsyslog.received().endsWith(expected) && System.nanoTime() < end) {
      park();
    }
    assertThat(rsyslog.received()).endsWith(expected);
  }

  private static long deadline() {
    return System.nanoTime() + Duration.ofSeconds(20).toNanos();
  }

  private static void park() {
    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
  }
}
