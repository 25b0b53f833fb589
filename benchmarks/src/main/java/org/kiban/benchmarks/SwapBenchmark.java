package org.kiban.benchmarks;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pause of a route between two queues, under load: swapped for a new version, beside stopped
 * and started by hand, which is what there is without a swap. Seen at the receiver: the longest
 * time without a message.
 */
final class SwapBenchmark {

  private static final String ROUTE =
      """
      # version %d
      - route:
          id: pass
          from:
            uri: sjms2:queue:332020.swap.in?transacted=true
            steps:
              - to: sjms2:queue:332020.swap.out?transacted=true
      """;
  private static final Pattern PAUSE = Pattern.compile("\"pause-milliseconds\"\\s*:\\s*(-?\\d+)");

  private final int rounds;
  private final long nanosEach;
  private final List<Long> arrivals = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean over;

  SwapBenchmark(Settings settings) {
    rounds = settings.number("rounds", 10);
    nanosEach = TimeUnit.SECONDS.toNanos(1) / settings.number("rate", 500);
  }

  void run() throws Exception {
    Node node = Node.unpack().municipality("messaging", "route");
    MessagingBenchmark.admit(node);
    Path etc = node.home.resolve("etc/org.kiban.route.cfg.json");
    Files.writeString(etc, "{\"grace-seconds\": 1}");
    try (node) {
      node.start();
      Waiting.until(Duration.ofMillis(500), () -> served(node));
      deploy(node, 0);
      ConnectionFactory factory = MessagingBenchmark.factory(node);
      try (Connection taking = factory.createConnection()) {
        Session session = taking.createSession(Session.DUPS_OK_ACKNOWLEDGE);
        session
            .createConsumer(session.createQueue(Node.CODE + ".swap.out"))
            .setMessageListener(message -> arrivals.add(System.nanoTime()));
        taking.start();
        Thread sender = new Thread(() -> send(factory), "sender");
        sender.start();
        Waiting.until(Duration.ofMillis(100), () -> arrivals.size() > 1_000);
        measure(node);
        over = true;
        sender.join();
      }
    }
  }

  private void measure(Node node) throws IOException {
    Table table = new Table("pause, ms");
    for (int round = 1; round <= rounds; round++) {
      arrivals.clear();
      node.exec("route:stop " + Node.CODE + " pass");
      node.exec("route:start " + Node.CODE + " pass");
      table.add("route:stop, route:start", gap());
      arrivals.clear();
      deploy(node, round);
      table.add("swap, at the receiver", gap());
      Matcher pause = PAUSE.matcher(node.exec("route:show --json " + Node.CODE + " pass"));
      table.add("swap, as route:show says", pause.find() ? Double.parseDouble(pause.group(1)) : -1);
    }
    Table.machine();
    table.print();
  }

  /** The longest time without a message since the last look, once messages come again. */
  private double gap() throws IOException {
    int before = arrivals.size();
    Waiting.until(Duration.ofMillis(20), () -> arrivals.size() > before + 50);
    List<Long> seen;
    synchronized (arrivals) {
      seen = List.copyOf(arrivals);
    }
    long longest = 0;
    for (int i = 1; i < seen.size(); i++) {
      longest = Math.max(longest, seen.get(i) - seen.get(i - 1));
    }
    return longest / 1e6;
  }

  private static boolean served(Node node) {
    try {
      node.exec("route:list " + Node.CODE);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void deploy(Node node, int version) throws IOException {
    Path file = Node.work().resolve("pass.camel.yaml");
    Files.writeString(file, ROUTE.formatted(version));
    node.exec("route:deploy " + Node.CODE + " " + file);
  }

  private void send(ConnectionFactory factory) {
    try (Connection connection = factory.createConnection()) {
      Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
      MessageProducer producer =
          session.createProducer(session.createQueue(Node.CODE + ".swap.in"));
      long next = System.nanoTime();
      while (!over) {
        producer.send(session.createTextMessage("x".repeat(200)));
        next = Math.max(next + nanosEach, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
        LockSupport.parkNanos(next - System.nanoTime());
      }
    } catch (JMSException e) {
      throw new IllegalStateException(e);
    }
  }
}
