package org.kiban.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A log of mixed Japanese from one machine to another over mutual TLS: rsyslog's imfile to an
 * rsyslog that writes a file, and a Kiban node to a Kiban node that syncs before it acknowledges,
 * in turns. The time is from the file's appearance (for rsyslog: from its start) until the receiver
 * has every line.
 */
final class LogsBenchmark {

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Pattern EVENTS = Pattern.compile("\"events\"\\s*:\\s*(\\d+)");
  private static final Pattern PORT = Pattern.compile("\"port\"\\s*:\\s*(\\d+)");

  private final int megabytes;
  private final int rounds;
  private final Table speed = new Table("lines/s", "rsyslog");
  private final Table cpu = new Table("CPU µs a line, both sides", "rsyslog");
  private final Table memory = new Table("sender, MB resident", "rsyslog");
  private Path work;
  private LogCorpus corpus;

  LogsBenchmark(Settings settings) {
    megabytes = settings.number("mb", 958);
    rounds = settings.number("rounds", 3);
  }

  void run() throws IOException {
    work = Node.work().resolve("logs");
    Node.delete(work);
    Path logs = Files.createDirectories(work.resolve("watched"));
    corpus = LogCorpus.write(work.resolve("corpus.log"), megabytes);
    try (Node receiver = Node.unpack("receiver").named("cloud").municipality("logship").start();
        Node sender = Node.unpack("sender").named("chosha").municipality("logship").start()) {
      connect(sender, receiver, logs);
      double idle = Usage.of(sender.pid()).megabytes();
      // Round 0 is not counted: nobody is measured with code that was not compiled yet.
      for (int round = 0; round <= rounds; round++) {
        if (round % 2 == 0) {
          rsyslog(round);
          kiban(round, sender, receiver, logs, idle);
        } else {
          kiban(round, sender, receiver, logs, idle);
          rsyslog(round);
        }
      }
    }
    System.out.printf("%,d lines, %,d bytes%n", corpus.lines(), Files.size(corpus.file()));
    Table.machine();
    speed.print();
    System.out.println();
    cpu.print();
    System.out.println();
    memory.print();
    Node.delete(work);
  }

  private void connect(Node sender, Node receiver, Path logs) throws IOException {
    trust(sender, "cloud", receiver);
    trust(receiver, "chosha", sender);
    String file = "etc/org.kiban.logship~" + Node.CODE + ".cfg.json";
    Files.writeString(receiver.home.resolve(file), "{\"accept\": [\"chosha\"]}");
    Matcher port =
        PORT.matcher(
            Files.readString(receiver.home.resolve("etc/org.kiban.logship.receive.cfg.json")));
    if (!port.find()) {
      throw new IOException("the receiver names no port");
    }
    Files.writeString(
        sender.home.resolve(file),
        """
        {"sources": ["gyomu files=%s/*.log"],
         "destinations": ["cloud type=node address=127.0.0.1:%s"]}
        """
            .formatted(logs, port.group(1)));
  }

  private static void trust(Node who, String name, Node whom) throws IOException {
    Path directory = Files.createDirectories(who.home.resolve("etc/peers").resolve(name));
    Files.copy(whom.home.resolve("var/node/security/ca.crt"), directory.resolve("ca.pem"));
  }

  private void rsyslog(int round) throws IOException {
    Node.run("sync");
    try (PeerRsyslog peer =
        new PeerRsyslog(work.resolve("rsyslog"), corpus.file(), Node.freePort())) {
      long start = System.nanoTime();
      peer.begin();
      Waiting.until(LOOK, () -> peer.received() >= corpus.lines());
      double seconds = (System.nanoTime() - start) / 1e9;
      add(
          round,
          "rsyslog",
          seconds,
          peer.sender().cpuSeconds() + peer.receiver().cpuSeconds(),
          peer.sender().megabytes());
    }
  }

  private void kiban(int round, Node sender, Node receiver, Path logs, double idle)
      throws IOException {
    Path beside = logs.resolve("app" + round + ".new");
    Files.copy(corpus.file(), beside);
    Node.run("sync");
    double before = cpu(sender, receiver);
    long expected = (round + 1) * corpus.lines();
    long start = System.nanoTime();
    Files.move(beside, logs.resolve("app" + round + ".log"), StandardCopyOption.ATOMIC_MOVE);
    Waiting.until(LOOK, () -> acknowledged(sender) >= expected);
    double seconds = (System.nanoTime() - start) / 1e9;
    double resident = Usage.of(sender.pid()).megabytes();
    add(round, "Kiban", seconds, cpu(sender, receiver) - before, resident);
    if (round > 0) {
      memory.add("Kiban, more than idle", resident - idle);
    }
  }

  private static double cpu(Node sender, Node receiver) throws IOException {
    return Usage.of(sender.pid()).cpuSeconds() + Usage.of(receiver.pid()).cpuSeconds();
  }

  private static long acknowledged(Node sender) {
    try {
      Matcher events = EVENTS.matcher(sender.exec("logship:status " + Node.CODE + " --json"));
      long sum = 0;
      while (events.find()) {
        sum += Long.parseLong(events.group(1));
      }
      return sum;
    } catch (IOException e) {
      return 0; // not yet in service
    }
  }

  private void add(int round, String who, double seconds, double cpuSeconds, double megabytes) {
    if (round > 0) {
      speed.add(who, corpus.lines() / seconds);
      cpu.add(who, cpuSeconds * 1e6 / corpus.lines());
      memory.add(who, megabytes);
    }
  }
}
