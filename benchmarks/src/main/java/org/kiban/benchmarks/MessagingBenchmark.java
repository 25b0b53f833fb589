package org.kiban.benchmarks;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * Persistent messages of 1 KiB over TLS, as fast as they are acknowledged, while one consumer takes
 * them: the node's broker and stock Artemis of the same version with the same journal settings.
 */
final class MessagingBenchmark {

  private static final String PASSWORD = "benchmark";
  private static final String QUEUE = Node.CODE + ".benchmark";
  private static final int TRANSACTION = 100;
  private static final int SILENCE_MILLISECONDS = 500;
  private static final List<String> NAMES = List.of("Artemis", "Kiban");

  private final int rounds;
  private final Duration length;

  MessagingBenchmark(Settings settings) {
    rounds = settings.number("rounds", 3);
    length = Duration.ofSeconds(settings.number("seconds", 10));
  }

  void run() throws Exception {
    Node node = Node.unpack().municipality();
    admit(node);
    Path folder = Node.work().resolve("artemis");
    Node.delete(folder);
    Files.createDirectories(folder);
    int port = Node.freePort();
    Process peer = peer(folder, port);
    try (node) {
      node.start();
      List<ConnectionFactory> brokers =
          List.of(
              factory(port, trust(folder.resolve("peer.crt"), folder.resolve("peer-trust.p12"))),
              factory(node));
      Waiting.until(Duration.ofMillis(100), () -> open(port));
      // Both warm up, alike and uncounted.
      for (ConnectionFactory broker : brokers) {
        send(broker, 8, false);
        send(broker, 8, true);
      }
      List<Table> tables = new ArrayList<>();
      for (int producers : List.of(1, 8)) {
        for (boolean transacted : List.of(false, true)) {
          compare(brokers, List.of(peer.pid(), node.pid()), producers, transacted, tables);
        }
      }
      Table.machine();
      tables.forEach(Table::print);
    } finally {
      peer.destroyForcibly();
    }
  }

  private void compare(
      List<ConnectionFactory> brokers,
      List<Long> processes,
      int producers,
      boolean transacted,
      List<Table> tables)
      throws Exception {
    String kind = producers + " producers" + (transacted ? ", transactions of 100" : "");
    Table rates = new Table("messages/s, " + kind);
    // Scatters less than the rate where others use the machine too.
    Table costs = new Table("µs of the broker's processor time for a message, " + kind);
    for (int round = 0; round < rounds; round++) {
      // Who begins changes: the disk is not the same after a run as before it.
      for (int turn = 0; turn < 2; turn++) {
        int broker = (round + turn) % 2;
        drain(brokers.get(broker));
        double before = cpuMicros(processes.get(broker));
        long start = System.nanoTime();
        long sent = send(brokers.get(broker), producers, transacted);
        rates.add(NAMES.get(broker), sent / ((System.nanoTime() - start) / 1e9));
        costs.add(NAMES.get(broker), (cpuMicros(processes.get(broker)) - before) / sent);
      }
    }
    tables.add(rates);
    tables.add(costs);
  }

  private static double cpuMicros(long pid) {
    Duration used = ProcessHandle.of(pid).flatMap(p -> p.info().totalCpuDuration()).orElseThrow();
    return used.toNanos() / 1e3;
  }

  private long send(ConnectionFactory factory, int producers, boolean transacted) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(producers);
    try (Connection consuming = factory.createConnection()) {
      Session session = consuming.createSession(Session.DUPS_OK_ACKNOWLEDGE);
      Queue queue = session.createQueue(QUEUE);
      session.createConsumer(queue).setMessageListener(message -> {});
      consuming.start();
      long end = System.nanoTime() + length.toNanos();
      List<Future<Long>> sent = new ArrayList<>();
      for (int i = 0; i < producers; i++) {
        sent.add(threads.submit(() -> send(factory, transacted, end)));
      }
      long sum = 0;
      for (Future<Long> one : sent) {
        sum += one.get();
      }
      return sum;
    } finally {
      threads.shutdown();
    }
  }

  // What a faster round left behind would be read back from disk during the next one.
  private static void drain(ConnectionFactory factory) throws JMSException {
    try (Connection connection = factory.createConnection()) {
      Session session = connection.createSession(Session.DUPS_OK_ACKNOWLEDGE);
      MessageConsumer left = session.createConsumer(session.createQueue(QUEUE));
      connection.start();
      while (left.receive(SILENCE_MILLISECONDS) != null) {
        // Taken.
      }
    }
  }

  private static long send(ConnectionFactory factory, boolean transacted, long end)
      throws JMSException {
    byte[] body = new byte[1024];
    try (Connection connection = factory.createConnection()) {
      Session session =
          connection.createSession(
              transacted ? Session.SESSION_TRANSACTED : Session.AUTO_ACKNOWLEDGE);
      MessageProducer producer = session.createProducer(session.createQueue(QUEUE));
      long sent = 0;
      while (System.nanoTime() < end) {
        for (int i = 0; i < (transacted ? TRANSACTION : 1); i++) {
          jakarta.jms.BytesMessage message = session.createBytesMessage();
          message.writeBytes(body);
          producer.send((Message) message);
          sent++;
        }
        if (transacted) {
          session.commit();
        }
      }
      return sent;
    }
  }

  private static Process peer(Path folder, int port) throws IOException {
    Path keys = folder.resolve("peer.p12");
    String store = " -keystore " + keys + " -storetype PKCS12 -storepass " + PASSWORD;
    String pair = "keytool -genkeypair -alias peer -keyalg EC -groupname secp256r1 -dname CN=peer";
    Node.run((pair + " -ext san=ip:127.0.0.1,dns:localhost" + store).split(" "));
    Path certificate = folder.resolve("peer.crt");
    Node.run(("keytool -exportcert -rfc -alias peer -file " + certificate + store).split(" "));
    return new ProcessBuilder(
            "java",
            "-Xms64m",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            PeerBroker.class.getName(),
            folder.toString(),
            Integer.toString(port),
            keys.toString(),
            PASSWORD)
        .redirectOutput(folder.resolve("out.log").toFile())
        .redirectErrorStream(true)
        .start();
  }

  private static Path trust(Path certificate, Path target)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(certificate)) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    try (OutputStream out = Files.newOutputStream(target)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return target;
  }

  private static ConnectionFactory factory(int port, Path trust) {
    String options = "?sslEnabled=true&trustStoreType=PKCS12&trustStorePath=%s&trustStorePassword=";
    String url = "tcp://localhost:" + port + options.formatted(trust) + PASSWORD;
    return new ActiveMQConnectionFactory(url, "benchmark", PASSWORD);
  }

  /** Lets the benchmark in as a business system; before the node starts. */
  static void admit(Node node) throws IOException {
    Files.writeString(
        node.home.resolve("etc/users.properties"),
        "benchmark = " + PASSWORD + ",integrate,municipality-" + Node.CODE + "\n");
  }

  /** The way to the node's broker. */
  static ConnectionFactory factory(Node node) throws IOException, GeneralSecurityException {
    Path ca = node.home.resolve("var/node/security/ca.crt");
    return factory(node.brokerPort(), trust(ca, Node.work().resolve("node-trust.p12")));
  }

  private static boolean open(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
