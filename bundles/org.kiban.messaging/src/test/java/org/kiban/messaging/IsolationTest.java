package org.kiban.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kiban.messaging.TestBroker.KURASHIKI;
import static org.kiban.messaging.TestBroker.PASSWORD;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import jakarta.jms.XAConnection;
import java.nio.file.Path;
import java.util.Map;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A user of 高松市 tries to reach what is 倉敷市's, as a real client over TLS: each try must end in a
 * refusal, and 倉敷市's message must still be there.
 */
class IsolationTest {

  private static final String SECRET = "332020.secret";

  @TempDir static Path directory;
  private static TestBroker node;

  private Connection connection;
  private Session session;
  private ServerLocator locator;
  private ClientSession core;

  @BeforeAll
  static void start() throws Exception {
    node = TestBroker.start(directory, Map.of());
    try (Connection owner = node.connect("kurashiki")) {
      Session s = owner.createSession(false, Session.AUTO_ACKNOWLEDGE);
      s.createProducer(s.createQueue(SECRET)).send(s.createTextMessage("個人"));
    }
  }

  @AfterAll
  static void stop() throws Exception {
    node.stop();
  }

  @BeforeEach
  void connect() throws Exception {
    connection = node.connect("takamatsu");
    session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    locator = node.client().getServerLocator();
    ClientSessionFactory factory = locator.createSessionFactory();
    core = factory.createSession("takamatsu", PASSWORD, false, true, true, false, 1);
  }

  @AfterEach
  void nothingWasTaken() throws Exception {
    connection.close();
    locator.close();
    assertThat(node.broker().queues(KURASHIKI).show(SECRET).messages()).isEqualTo(1);
  }

  @Test
  void consume() throws JMSException {
    refused(() -> session.createConsumer(session.createQueue(SECRET)));
  }

  @Test
  void browse() throws JMSException {
    refused(() -> session.createBrowser(session.createQueue(SECRET)).getEnumeration());
  }

  @Test
  void send() throws JMSException {
    refused(
        () -> session.createProducer(session.createQueue(SECRET)).send(session.createMessage()));
  }

  @Test
  void sendThroughAnAnonymousProducer() throws JMSException {
    Queue queue = ActiveMQDestination.createQueue(SECRET);
    refused(() -> session.createProducer(null).send(queue, session.createMessage()));
  }

  @Test
  void createAnAddressThere() {
    refused(() -> core.createAddress(SimpleString.of("332020.mine"), RoutingType.ANYCAST, false));
  }

  @Test
  void createAQueueOnItsAddress() {
    refused(() -> core.createQueue(QueueConfiguration.of("372013.tap").setAddress(SECRET)));
  }

  @Test
  void takeItsQueueNameForAnOwnAddress() {
    refused(
        () ->
            core.createQueue(
                QueueConfiguration.of("332020.squat")
                    .setAddress("372013.a")
                    .setAutoCreateAddress(true)));
  }

  @Test
  void subscribeToEverything() throws JMSException {
    for (String wildcard : new String[] {"#", "*.secret", "*.#", "332020.#", "3*2020.secret"}) {
      Topic topic = ActiveMQDestination.createTopic(wildcard);
      refused(() -> session.createConsumer(topic));
      refused(() -> core.createQueue(QueueConfiguration.of("372013.w").setAddress(wildcard)));
    }
  }

  @Test
  void reachItsQueueByItsFullName() throws JMSException {
    refused(() -> session.createConsumer(session.createQueue("372013.a::" + SECRET)));
    refused(() -> session.createConsumer(session.createQueue(SECRET + "::" + SECRET)));
  }

  @Test
  void askForItsNamesAndCounts() {
    refused(() -> core.queueQuery(SimpleString.of(SECRET)));
    refused(() -> core.addressQuery(SimpleString.of(SECRET)));
  }

  @Test
  void deleteItsQueue() {
    refused(() -> core.deleteQueue(SECRET));
  }

  @Test
  void manageTheBroker() throws JMSException {
    Queue management = ActiveMQDestination.createQueue("activemq.management");
    refused(() -> session.createProducer(management).send(session.createMessage()));
    refused(
        () -> session.createConsumer(ActiveMQDestination.createTopic("activemq.notifications")));
  }

  @Test
  void commitOthersDistributedTransactions() throws Exception {
    try (XAConnection xa = node.client().createXAConnection("takamatsu", PASSWORD)) {
      XAResource resource = xa.createXASession().getXAResource();
      assertThatThrownBy(() -> resource.recover(XAResource.TMSTARTRSCAN))
          .isInstanceOf(XAException.class);
    }
  }

  @Test
  void comeAsTheClusterOrAsTheNode() {
    refusedLogin("ACTIVEMQ.CLUSTER.ADMIN.USER", "CHANGE ME!!");
    refusedLogin("kiban:332020", PASSWORD);
    refusedLogin("kurashiki", "guess");
    refusedLogin(null, null);
  }

  @Test
  void takeItsClientId() throws JMSException {
    ActiveMQConnectionFactory factory = node.client();
    try (Connection squatter = factory.createConnection("takamatsu", PASSWORD)) {
      refused(() -> squatter.setClientID("332020.system"));
    }
    try (Connection own = factory.createConnection("takamatsu", PASSWORD)) {
      own.setClientID("372013.system");
      assertThat(own.getClientID()).isEqualTo("372013.system");
    }
  }

  @Test
  void routeByAForgedHeader() throws Exception {
    // given an own queue, and the number of the other's
    session.createConsumer(session.createQueue("372013.own")).close();
    ClientMessage message = core.createMessage(true);
    byte[] ids = new byte[80];
    for (int i = 0; i < 10; i++) {
      java.nio.ByteBuffer.wrap(ids).putLong(i * 8, i + 1L);
    }
    message.putBytesProperty("_AMQ_ROUTE_TO", ids);

    // when, then: nothing reaches the other (checked after each test)
    core.createProducer("372013.own").send(message);
  }

  @Test
  void aViewerMayLookButNotTouch() throws JMSException {
    try (Connection viewer = node.connect("kurashiki-viewer")) {
      Session s = viewer.createSession(false, Session.AUTO_ACKNOWLEDGE);
      assertThat(s.createBrowser(s.createQueue(SECRET)).getEnumeration().hasMoreElements())
          .isTrue();
      refused(() -> s.createConsumer(s.createQueue(SECRET)));
      refused(() -> s.createProducer(s.createQueue(SECRET)).send(s.createMessage()));
    }
  }

  @Test
  void aRoleWithoutAMunicipalityReachesNothing() throws JMSException {
    for (String user : new String[] {"nobody", "root"}) {
      try (Connection other = node.connect(user)) {
        Session s = other.createSession(false, Session.AUTO_ACKNOWLEDGE);
        refused(() -> s.createConsumer(s.createQueue(SECRET)));
      }
    }
  }

  @Test
  void theOwnerReachesEverythingOfItsOwn() throws JMSException {
    // the counter-proof: the same tries work at home
    try (Connection owner = node.connect("kurashiki")) {
      owner.stop();
      Session s = owner.createSession(false, Session.AUTO_ACKNOWLEDGE);
      try (MessageConsumer all = s.createConsumer(s.createTopic("332020.news.#"));
          MessageConsumer queue = s.createConsumer(s.createQueue("332020.work"))) {
        s.createProducer(s.createTopic("332020.news.tax")).send(s.createTextMessage("税"));
        s.createProducer(s.createQueue("332020.work")).send(s.createTextMessage("仕事"));
        owner.start();
        assertThat(all.receive(5000)).isNotNull();
        assertThat(queue.receive(5000)).isNotNull();
      }
    }
  }

  private static void refused(ThrowingCallable attempt) {
    assertThatThrownBy(attempt)
        .isInstanceOfAny(JMSException.class, ActiveMQException.class)
        .hasMessageMatching(
            "(?s).*(AMQ229031|AMQ229032|AMQ229213|not permitted|setting metadata|must be).*");
  }

  private static void refusedLogin(String user, String password) {
    assertThatThrownBy(() -> node.client().createConnection(user, password).close())
        .isInstanceOf(JMSException.class);
  }
}
