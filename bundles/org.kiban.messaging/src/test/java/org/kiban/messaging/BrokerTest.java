package org.kiban.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kiban.messaging.TestBroker.KURASHIKI;
import static org.kiban.messaging.TestBroker.TAKAMATSU;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.KibanException;

/** What the broker does for one municipality. */
class BrokerTest {

  private static final Map<String, Object> QUICK =
      Map.of("max-delivery-attempts", 2, "redelivery-delay-milliseconds", 0);

  @TempDir Path directory;
  private TestBroker node;

  @BeforeEach
  void start() throws Exception {
    node = TestBroker.start(directory, QUICK);
  }

  @AfterEach
  void stop() throws Exception {
    node.stop();
  }

  @Test
  void messagesPassOverTlsAndSurviveARestart() throws Exception {
    // given
    send("332020.orders", "一", "二");

    // when
    node.stop();
    node = TestBroker.start(directory, QUICK);

    // then
    assertThat(receive("332020.orders", 2)).containsExactly("一", "二");
  }

  @Test
  void theNodesOwnCapabilitiesConnectWithoutAUser() throws Exception {
    // given
    send("332020.orders", "一");

    // when
    try (Connection c = node.broker().admit(KURASHIKI).createConnection()) {
      c.start();
      Session s = c.createSession(false, Session.AUTO_ACKNOWLEDGE);

      // then
      assertThat(text(s.createConsumer(s.createQueue("332020.orders")).receive(5000)))
          .isEqualTo("一");
      assertThatThrownBy(() -> s.createConsumer(s.createQueue("372013.orders")))
          .isInstanceOf(JMSException.class);
    }
  }

  @Test
  void whatNobodyCanTakeBecomesADeadLetterAndIsReplayedToItsQueue() throws Exception {
    // given
    send("332020.orders", "良", "悪");
    failToTake("332020.orders", 2);
    MunicipalQueues queues = node.broker().queues(KURASHIKI);
    await(() -> queues.replayable(null).size() == 2);
    List<MessageView> dead = queues.replayable(null);
    assertThat(dead).hasSize(2).allMatch(m -> m.origin().equals("332020.orders"));

    // when one, then all
    assertThat(queues.replay(dead.get(0).id())).isEqualTo(1);
    assertThat(queues.replayable(null))
        .extracting(MessageView::id)
        .containsExactly(dead.get(1).id());
    assertThat(queues.replay(null)).isEqualTo(1);

    // then
    assertThat(receive("332020.orders", 2)).containsExactly("良", "悪");
    assertThat(queues.messages("332020.dead-letter", 10)).isEmpty();
    await(() -> queues.show("332020.dead-letter").messages() == 0);
  }

  @Test
  void aDeadLetterWithAForgedOriginStaysWhereItIs() throws Exception {
    // given a queue of the neighbour, and a letter that claims to come from there
    try (Connection c = node.connect("takamatsu")) {
      Session s = c.createSession(false, Session.AUTO_ACKNOWLEDGE);
      s.createConsumer(s.createQueue("372013.orders")).close();
    }
    try (Connection c = node.connect("kurashiki")) {
      Session s = c.createSession(false, Session.AUTO_ACKNOWLEDGE);
      Message forged = s.createTextMessage("gift");
      forged.setStringProperty("_AMQ_ORIG_ADDRESS", "372013.orders");
      forged.setStringProperty("_AMQ_ORIG_QUEUE", "372013.orders");
      s.createProducer(s.createQueue("332020.dead-letter")).send(forged);
    }
    MunicipalQueues queues = node.broker().queues(KURASHIKI);

    // when
    assertThatThrownBy(() -> queues.replay(null))
        .isInstanceOf(KibanException.class)
        .hasMessageContaining("KBN-MESSAGING-008");

    // then
    assertThat(queues.stuck(null)).hasSize(1);
    assertThat(node.broker().queues(TAKAMATSU).show("372013.orders").messages()).isZero();
  }

  @Test
  void listAndShowSeeOneMunicipalityOnly() throws Exception {
    // given
    send("332020.orders", "一");
    awaitCount(1);

    // when
    List<QueueView> kurashiki = node.broker().queues(KURASHIKI).list();
    List<QueueView> takamatsu = node.broker().queues(TAKAMATSU).list();

    // then
    assertThat(kurashiki)
        .extracting(QueueView::queue, QueueView::messages)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("332020.dead-letter", 0L),
            org.assertj.core.groups.Tuple.tuple("332020.expiry", 0L),
            org.assertj.core.groups.Tuple.tuple("332020.orders", 1L));
    assertThat(takamatsu).allMatch(q -> q.queue().startsWith("372013."));
    assertThatThrownBy(() -> node.broker().queues(TAKAMATSU).show("332020.orders"))
        .isInstanceOf(KibanException.class)
        .hasMessageContaining("KBN-MESSAGING-005");
  }

  @Test
  void drainWaitsForReceiversAndReportsHowManyAreLeft() throws Exception {
    // given
    send("332020.orders", "一", "二", "三");
    awaitCount(3);
    List<Long> countdown = new ArrayList<>();

    // when the first report makes a receiver come
    node.broker()
        .queues(KURASHIKI)
        .drain(
            "332020.orders",
            Duration.ofSeconds(30),
            true,
            left -> {
              countdown.add(left);
              takeQuietly("332020.orders", 3);
            });

    // then
    assertThat(countdown).startsWith(3L);
    assertThat(node.broker().queues(KURASHIKI).show("332020.orders").messages()).isZero();
    send("332020.orders", "senders go on");
  }

  @Test
  void drainGivesUpInTime() throws Exception {
    // given
    send("332020.orders", "一");

    // when, then
    assertThatThrownBy(
            () ->
                node.broker()
                    .queues(KURASHIKI)
                    .drain("332020.orders", Duration.ZERO, false, left -> {}))
        .isInstanceOf(KibanException.class)
        .hasMessageContaining("KBN-MESSAGING-006");
  }

  @Test
  void aWithdrawnMunicipalityIsCutOffAndKeepsItsMessages() throws Exception {
    // given
    send("332020.orders", "一");
    try (Connection old = node.connect("kurashiki");
        Connection neighbour = node.connect("takamatsu")) {
      // when
      node.broker().withdraw(KURASHIKI);

      // then
      assertThatThrownBy(() -> old.createSession(false, Session.AUTO_ACKNOWLEDGE))
          .isInstanceOf(JMSException.class);
      assertThatThrownBy(() -> receive("332020.orders", 1)).isInstanceOf(JMSException.class);
      Session s = neighbour.createSession(false, Session.AUTO_ACKNOWLEDGE);
      s.createProducer(s.createQueue("372013.orders")).send(s.createTextMessage("on"));
    }
    node.broker().admit(KURASHIKI);
    assertThat(receive("332020.orders", 1)).containsExactly("一");
  }

  @Test
  void aTakenPortIsNamedAndTheBrokerWorksInside(@TempDir Path other) throws Exception {
    // given
    ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    int port = taken.getLocalPort();
    Broker broker =
        Broker.start(
            new BrokerConfiguration(Settings.of(Map.of("port", port))),
            new Access("test"),
            other,
            "other");

    // when, then
    assertThatThrownBy(() -> broker.listen(node.pki()))
        .isInstanceOf(KibanException.class)
        .hasMessageContaining("KBN-MESSAGING-002")
        .hasMessageContaining("127.0.0.1:" + port);
    assertThat(broker.port()).isEqualTo(-1);
    broker.admit(KURASHIKI).createConnection().close();

    // and once it is free
    taken.close();
    broker.listen(node.pki());
    assertThat(broker.port()).isEqualTo(port);
    broker.stop();
  }

  @Test
  void aSecondBrokerOnTheSameFilesIsRefused() {
    assertThatThrownBy(
            () ->
                Broker.start(
                    new BrokerConfiguration(Settings.of(Map.of())),
                    new Access("test"),
                    directory.resolve("messaging"),
                    "second"))
        .isInstanceOf(KibanException.class)
        .hasMessageContaining("KBN-MESSAGING-001");
  }

  @Test
  void aWrongSettingIsNamed() {
    assertThatThrownBy(() -> new BrokerConfiguration(Settings.of(Map.of("port", 70000))))
        .isInstanceOf(KibanException.class)
        .hasMessageContaining("org.kiban.messaging.broker.cfg.json")
        .hasMessageContaining("port");
    assertThatThrownBy(
            () -> new BrokerConfiguration(Settings.of(Map.of("client-certificate", "maybe"))))
        .isInstanceOf(KibanException.class)
        .hasMessageContaining("client-certificate");
  }

  private void send(String queue, String... texts) throws JMSException {
    try (Connection c = node.connect("kurashiki")) {
      Session s = c.createSession(false, Session.AUTO_ACKNOWLEDGE);
      MessageProducer producer = s.createProducer(s.createQueue(queue));
      for (String text : texts) {
        producer.send(s.createTextMessage(text));
      }
    }
  }

  private List<String> receive(String queue, int count) throws JMSException {
    List<String> texts = new ArrayList<>();
    try (Connection c = node.connect("kurashiki")) {
      Session s = c.createSession(false, Session.AUTO_ACKNOWLEDGE);
      MessageConsumer consumer = s.createConsumer(s.createQueue(queue));
      for (int i = 0; i < count; i++) {
        texts.add(text(consumer.receive(5000)));
      }
    }
    return texts;
  }

  private void takeQuietly(String queue, int count) {
    try {
      receive(queue, count);
    } catch (JMSException e) {
      throw new IllegalStateException(e);
    }
  }

  private void failToTake(String queue, int messages) throws JMSException {
    try (Connection c = node.connect("kurashiki")) {
      Session s = c.createSession(true, Session.SESSION_TRANSACTED);
      MessageConsumer consumer = s.createConsumer(s.createQueue(queue));
      for (int attempt = 0; attempt < 2; attempt++) {
        for (int i = 0; i < messages; i++) {
          assertThat(consumer.receive(5000)).isNotNull();
        }
        s.rollback();
      }
    }
  }

  /** The broker moves dead letters on threads of its own. */
  /** The broker counts a message a moment after it acknowledged it. */
  private void awaitCount(long messages) {
    await(() -> node.broker().queues(KURASHIKI).show("332020.orders").messages() == messages);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static String text(Message message) throws JMSException {
    return message == null ? null : ((TextMessage) message).getText();
  }
}
