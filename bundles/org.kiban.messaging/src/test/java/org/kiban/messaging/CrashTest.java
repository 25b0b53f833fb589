package org.kiban.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kiban.messaging.TestBroker.KURASHIKI;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the broker acknowledged survives kill -9. The broker runs in a process of its own; the seed
 * ({@code -Dkiban.seed}) replays a failure.
 */
class CrashTest {

  private static final int KILLS = Integer.getInteger("kiban.kills", 4);
  private static final String QUEUE = "332020.crash";

  @TempDir Path directory;

  /** The other process: a broker that tells its port and runs until it is killed. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] args) throws Exception {
      TestBroker node = TestBroker.start(Path.of(args[0]), Map.of());
      System.out.println(node.broker().port());
      System.in.read();
      System.exit(0);
    }
  }

  @Test
  void everyAcknowledgedMessageIsThereOnceAndAsItWasSent() throws Exception {
    // given
    long seed = Long.getLong("kiban.seed", System.nanoTime());
    Random random = new Random(seed);
    List<String> acknowledged = new ArrayList<>();
    List<String> unknown = new ArrayList<>();

    // when a sender sends one by one, and the broker is killed in the middle
    for (int kill = 0; kill < KILLS; kill++) {
      Process victim = start();
      int port = port(victim);
      int until = 50 + random.nextInt(300);
      sendUntilKilled(victim, port, kill, until, acknowledged, unknown);
      victim.waitFor(30, TimeUnit.SECONDS);
    }

    // then
    List<String> received = receiveAll();
    assertThat(received).as("seed %d", seed).doesNotHaveDuplicates().containsAll(acknowledged);
    Set<String> rest = new HashSet<>(received);
    acknowledged.forEach(rest::remove);
    assertThat(unknown).as("never made up, seed %d", seed).containsAll(rest);
    assertThat(acknowledged).hasSizeGreaterThan(KILLS * 40);
  }

  private void sendUntilKilled(
      Process victim, int port, int round, int until, List<String> acked, List<String> unknown)
      throws Exception {
    ActiveMQConnectionFactory factory = TestBroker.client(Pki.in(directory), port);
    try (Connection c = factory.createConnection("kurashiki", TestBroker.PASSWORD)) {
      Session s = c.createSession(false, Session.AUTO_ACKNOWLEDGE);
      MessageProducer producer = s.createProducer(s.createQueue(QUEUE));
      for (int i = 0; ; i++) {
        if (i == until) {
          // The signal reaches the broker while the next messages are on their way.
          new Thread(victim::destroyForcibly, "killer").start();
        }
        String text = round + "-" + i + "-髙﨑";
        unknown.add(text);
        producer.send(s.createTextMessage(text));
        unknown.remove(unknown.size() - 1);
        acked.add(text);
      }
    } catch (JMSException expected) {
      assertThat(victim.waitFor(30, TimeUnit.SECONDS)).as("killed").isTrue();
    }
  }

  private List<String> receiveAll() throws Exception {
    List<String> texts = new ArrayList<>();
    TestBroker node = TestBroker.start(directory, Map.of());
    try (Connection c = node.connect("kurashiki")) {
      Session s = c.createSession(false, Session.AUTO_ACKNOWLEDGE);
      MessageConsumer consumer = s.createConsumer(s.createQueue(QUEUE));
      for (Message m = consumer.receive(5000); m != null; m = consumer.receive(500)) {
        texts.add(((TextMessage) m).getText());
      }
      assertThat(node.broker().queues(KURASHIKI).show(QUEUE).messages()).isZero();
    }
    node.stop();
    return texts;
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static int port(Process victim) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    assertThat(line).as("the broker's port").isNotNull();
    return Integer.parseInt(line.trim());
  }
}
