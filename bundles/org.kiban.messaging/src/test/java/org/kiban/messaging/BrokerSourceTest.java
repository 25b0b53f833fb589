package org.kiban.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.backup.BackupSource.Staging;
import org.kiban.core.backup.BackupSource.View;

/** Copies of a broker that is sent to meanwhile. */
class BrokerSourceTest {

  private static final String QUEUE = "332020.orders";

  private static final Pattern COUNTED =
      Pattern.compile("\"332020\":\\{\"least\":(\\d+),\"most\":(\\d+)}");

  /** Small files: a copy meets many of them, and compaction. */
  private static final Map<String, Object> SMALL = Map.of("journal-file-size-mib", 1);

  @TempDir Path directory;

  @Test
  void givenASenderWhenCopiedThenTheCopyHasAllThatWasAcknowledgedBefore() throws Exception {
    // given
    Path live = Files.createDirectory(directory.resolve("live"));
    TestBroker node = TestBroker.start(live, SMALL);
    AtomicInteger acknowledged = new AtomicInteger();
    CountDownLatch many = new CountDownLatch(300);
    CompletableFuture<Void> sender =
        CompletableFuture.runAsync(() -> send(node, acknowledged, many));
    many.await();

    // when
    Path files = live.resolve("messaging");
    Path copy = directory.resolve("copy");
    int before = acknowledged.get();
    try (View view = new BrokerSource(node.broker(), files).prepare(into(live, copy))) {
      view.atMoment();
      assertThat(view.excludes()).containsExactly(files);
    }
    int after = acknowledged.get();
    sender.join();
    node.stop();

    // then
    copySecurity(live, copy);
    TestBroker restored = TestBroker.start(copy, SMALL);
    try {
      Set<Integer> there = receive(restored);
      for (int number = 1; number <= before; number++) {
        assertThat(there).contains(number);
      }
      assertThat(there.size()).isBetween(before, after + 1);
      Matcher counted = COUNTED.matcher(Files.readString(copy.resolve("messaging/queues.json")));
      assertThat(counted.find()).isTrue();
      assertThat(there.size())
          .as("as it was counted")
          .isBetween(Integer.valueOf(counted.group(1)), Integer.valueOf(counted.group(2)));
      assertThat(counted.group(1)).isNotEqualTo("0");
    } finally {
      restored.stop();
    }
  }

  private static void send(TestBroker node, AtomicInteger acknowledged, CountDownLatch many) {
    try (Connection c = node.connect("kurashiki")) {
      Session s = c.createSession(false, Session.AUTO_ACKNOWLEDGE);
      MessageProducer producer = s.createProducer(s.createQueue(QUEUE));
      String text = "番".repeat(2000);
      for (int number = 1; number <= 1200; number++) {
        Message message = s.createTextMessage(text);
        message.setIntProperty("number", number);
        producer.send(message);
        acknowledged.set(number);
        many.countDown();
      }
    } catch (JMSException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Set<Integer> receive(TestBroker node) throws JMSException {
    Set<Integer> numbers = new HashSet<>();
    try (Connection c = node.connect("kurashiki")) {
      Session s = c.createSession(false, Session.AUTO_ACKNOWLEDGE);
      MessageConsumer consumer = s.createConsumer(s.createQueue(QUEUE));
      for (Message m = consumer.receive(5000); m != null; m = consumer.receive(500)) {
        assertThat(numbers.add(m.getIntProperty("number"))).as("once").isTrue();
      }
    }
    return numbers;
  }

  /** The stores of the tests' certificates, which are not the broker's. */
  private static void copySecurity(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static Staging into(Path live, Path copy) {
    return new Staging() {
      @Override
      public Path standIn(Path file) throws IOException {
        Path place = copy.resolve(live.relativize(file));
        Files.createDirectories(place.getParent());
        return place;
      }

      @Override
      public void keep(Path tree) throws IOException {
        List<Path> all = List.of();
        if (!Files.exists(tree)) {
          return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
          all = files.filter(Files::isRegularFile).toList();
        }
        for (Path file : all) {
          Files.createLink(standIn(file), file);
        }
      }
    };
  }
}
