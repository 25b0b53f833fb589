package org.kiban.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kiban.messaging.TestBroker.KURASHIKI;
import static org.kiban.messaging.TestBroker.TAKAMATSU;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.KibanException;
import org.kiban.core.backup.BackupSource.Staging;
import org.kiban.core.backup.BackupSource.View;

/** One municipality's messages leave a broker and come into another, beside those of a second. */
class QueueSourceTest {

  private static final String TEXT = "番".repeat(2000);
  private static final String OTHERS = "372013.orders";

  /** An address of a megabyte: what is more goes to pages. */
  private static final Map<String, Object> SMALL =
      Map.of("address-max-mib", 1, "page-size-mib", 1, "journal-file-size-mib", 1);

  @TempDir Path directory;
  private TestBroker live;
  private TestBroker blank;

  @BeforeEach
  void start() throws Exception {
    live = TestBroker.start(Files.createDirectory(directory.resolve("live")), SMALL);
    blank = TestBroker.start(Files.createDirectory(directory.resolve("blank")), SMALL);
  }

  @AfterEach
  void stop() throws Exception {
    live.stop();
    blank.stop();
  }

  @Test
  void givenMessagesOfEveryKindWhenBroughtBackThenEachIsThereAsItWasOnceAndInOrder()
      throws Exception {
    // given
    send(live, "kurashiki", "332020.every", QueueSourceTest::everyKind);
    byte[] large = new byte[3_000_000];
    new Random(1).nextBytes(large);
    send(live, "kurashiki", "332020.every", s -> List.of(bytes(s, large), bytes(s, new byte[0])));
    heard(live, "a");
    heard(live, "b");
    publish(live);

    // when
    Path file = saved(live);
    Map<String, Long> taken = blank.broker().queues(KURASHIKI).restore(file);

    // then
    assertThat(described(blank, "332020.every")).isEqualTo(described(live, "332020.every"));
    assertThat(described(blank, "332020.every")).hasSize(6);
    assertThat(heard(blank, "a")).isEqualTo(List.of("to all")).isEqualTo(heard(blank, "b"));
    assertThat(taken.values()).containsOnly(0L, 1L, 6L + 1);
    assertThat(blank.broker().queues(KURASHIKI).show("332020.every").scheduled()).isEqualTo(1);
  }

  @Test
  void givenASenderAndATakerWhenSavedThenItIsAllThatWasAcknowledgedAndNothingTwice()
      throws Exception {
    // given
    Numbers sent = new Numbers(400);
    CompletableFuture<Void> sender =
        CompletableFuture.runAsync(() -> sent.send(live, 20_000, TEXT));
    sent.awaitMany();

    // when
    int before = sent.acknowledged.get();
    Path file = saved(live);
    int after = sent.acknowledged.get();
    sent.enough.set(true);
    sender.join();
    blank.broker().queues(KURASHIKI).restore(file);

    // then
    List<Integer> numbers = Numbers.receive(blank);
    assertThat(numbers).as("paged too, in order").isSorted().doesNotHaveDuplicates();
    assertThat(numbers.size()).isBetween(before, after + 1);
    assertThat(numbers.get(0)).isEqualTo(1);
    assertThat(numbers.get(numbers.size() - 1)).isEqualTo(numbers.size());
  }

  @Test
  void givenTwoMunicipalitiesWhenOneIsSavedThenNothingOfTheOtherIsInItsBackup() throws Exception {
    // given
    send(live, "kurashiki", Numbers.QUEUE, s -> List.of(s.createTextMessage("kura-shiki")));
    send(live, "takamatsu", OTHERS, s -> List.of(s.createTextMessage("taka-matsu")));

    // when
    Path file = saved(live);

    // then
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .contains(utf16("kura-shiki"))
        .doesNotContain(utf16("taka-matsu"))
        .doesNotContain("372013");
    assertThat(directory.resolve("live/messaging/export/332020")).doesNotExist();
    assertThatThrownBy(() -> blank.broker().queues(TAKAMATSU).restore(file))
        .isInstanceOf(KibanException.class)
        .extracting("code")
        .isEqualTo(MessagingCode.NOT_OURS);
    assertThat(blank.broker().queues(TAKAMATSU).list()).allMatch(q -> q.messages() == 0);
  }

  @Test
  void givenAnImportThatIsBrokenOffWhenDoneAgainThenEachMessageIsThereOnce() throws Exception {
    // given
    new Numbers(1).send(live, 1100, TEXT);
    Path file = saved(live);
    CompletableFuture<Void> broken =
        CompletableFuture.runAsync(
            () -> {
              try {
                blank.broker().queues(KURASHIKI).restore(file);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    while (blank.broker().queues(KURASHIKI).list().stream().noneMatch(q -> q.messages() > 0)) {
      Thread.onSpinWait();
    }

    // when
    blank.stop();
    // Artemis leaves one for ever who waits for the page writer that it stops.
    broken.exceptionally(e -> null).completeOnTimeout(null, 10, TimeUnit.SECONDS).join();
    blank = TestBroker.start(directory.resolve("blank"), SMALL);
    blank.broker().queues(KURASHIKI).restore(file);
    Map<String, Long> again = blank.broker().queues(KURASHIKI).restore(file);

    // then
    assertThat(again.values()).containsOnly(0L);
    List<Integer> numbers = Numbers.receive(blank);
    assertThat(numbers).isSorted().doesNotHaveDuplicates().hasSize(1100);
  }

  @Test
  void givenADamagedFileWhenBroughtBackThenItIsToldAndNothingIsTakenIn() throws Exception {
    // given
    send(live, "kurashiki", Numbers.QUEUE, s -> List.of(s.createTextMessage("倉敷")));
    byte[] whole = Files.readAllBytes(saved(live));
    Random random = new Random(2);

    for (int i = 0; i < 200; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      byte[] one = i % 2 == 0 ? damaged : Arrays.copyOf(whole, random.nextInt(whole.length));
      Path file = Files.write(directory.resolve("damaged"), one);

      // when, then
      assertThatThrownBy(() -> blank.broker().queues(KURASHIKI).restore(file))
          .isInstanceOf(KibanException.class);
    }
    assertThat(blank.broker().queues(KURASHIKI).list()).allMatch(q -> q.messages() == 0);
  }

  private static String utf16(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
  }

  private interface Making {
    List<Message> of(Session session) throws JMSException;
  }

  private static List<Message> everyKind(Session session) throws JMSException {
    TextMessage text = session.createTextMessage("倉敷　髙橋");
    text.setStringProperty("件名", "氏名");
    text.setLongProperty("number", Long.MAX_VALUE);
    text.setBooleanProperty("yes", true);
    text.setJMSCorrelationID("c-1");
    text.setJMSType("atena");
    text.setStringProperty("JMSXGroupID", "g");
    text.setStringProperty("_AMQ_DUPL_ID", "once");
    Message later = session.createMapMessage();
    later.setLongProperty("_AMQ_SCHED_DELIVERY", Long.MAX_VALUE / 2);
    return List.of(
        text,
        session.createObjectMessage("o"),
        bytes(session, new byte[] {1}),
        later,
        session.createStreamMessage());
  }

  private static Message bytes(Session session, byte[] content) throws JMSException {
    BytesMessage message = session.createBytesMessage();
    message.writeBytes(content);
    return message;
  }

  private static void send(TestBroker node, String user, String queue, Making making)
      throws JMSException {
    try (Connection c = node.connect(user)) {
      Session s = c.createSession(false, Session.AUTO_ACKNOWLEDGE);
      MessageProducer producer = s.createProducer(s.createQueue(queue));
      producer.setPriority(7);
      for (Message message : making.of(s)) {
        producer.send(message);
      }
    }
  }

  private static void publish(TestBroker node) throws JMSException {
    try (Connection c = node.connect("kurashiki")) {
      Session s = c.createSession(false, Session.AUTO_ACKNOWLEDGE);
      Message message = s.createTextMessage("to all");
      message.setStringProperty("_AMQ_DUPL_ID", "to all");
      s.createProducer(s.createTopic("332020.news")).send(message);
    }
  }

  private static List<String> heard(TestBroker node, String name) throws JMSException {
    List<String> all = new ArrayList<>();
    try (Connection c = node.connect("kurashiki")) {
      Session s = c.createSession(false, Session.AUTO_ACKNOWLEDGE);
      Topic queue = s.createTopic("332020.news::332020." + name);
      MessageConsumer consumer = s.createConsumer(queue);
      for (Message m = consumer.receive(300); m != null; m = consumer.receive(300)) {
        all.add(((TextMessage) m).getText());
      }
    }
    return all;
  }

  /** What a receiver sees of each message, in order; none of them is taken. */
  private static List<Map<String, Object>> described(TestBroker node, String queue)
      throws JMSException {
    List<Map<String, Object>> all = new ArrayList<>();
    try (Connection c = node.connect("kurashiki")) {
      Session s = c.createSession(false, Session.AUTO_ACKNOWLEDGE);
      Enumeration<?> messages = s.createBrowser(s.createQueue(queue)).getEnumeration();
      while (messages.hasMoreElements()) {
        all.add(described((Message) messages.nextElement()));
      }
    }
    return all;
  }

  private static Map<String, Object> described(Message message) throws JMSException {
    Map<String, Object> seen = new TreeMap<>();
    Enumeration<?> names = message.getPropertyNames();
    while (names.hasMoreElements()) {
      String name = names.nextElement().toString();
      seen.put(name, message.getObjectProperty(name));
    }
    seen.put("id", message.getJMSMessageID());
    seen.put("when", message.getJMSTimestamp() + " " + message.getJMSPriority());
    seen.put("type", message.getClass() + " " + message.getJMSType());
    seen.put("to", message.getJMSDestination().toString());
    seen.put("about", String.valueOf(message.getJMSCorrelationID()));
    if (message instanceof BytesMessage bytes) {
      byte[] content = new byte[(int) bytes.getBodyLength()];
      bytes.readBytes(content);
      seen.put("body", Arrays.hashCode(content) + " " + content.length);
    } else if (message instanceof TextMessage text) {
      seen.put("body", text.getText());
    }
    return seen;
  }

  /** The file that a backup would hold. */
  private Path saved(TestBroker node) throws IOException {
    Path stored = Path.of("/data/332020/messaging");
    Path copies = Files.createDirectories(directory.resolve("copies"));
    Staging staging =
        new Staging() {
          @Override
          public Path standIn(Path file) {
            return copies.resolve(file.getFileName());
          }

          @Override
          public void keep(Path tree) {
            throw new AssertionError("nothing of the broker's own goes into it: " + tree);
          }
        };
    Path files = directory.resolve("live/messaging");
    try (View view = new QueueSource(node.broker(), KURASHIKI, files, stored).prepare(staging)) {
      view.atMoment();
      assertThat(view.paths()).isEmpty();
    }
    return copies.resolve(QueueFile.NAME);
  }
}
