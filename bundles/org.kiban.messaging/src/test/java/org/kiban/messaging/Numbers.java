package org.kiban.messaging;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Messages from 1 on in one queue, so that one that lacks or comes twice is seen. */
final class Numbers {

  static final String QUEUE = "332020.orders";

  /** How many were acknowledged. */
  final AtomicInteger acknowledged = new AtomicInteger();

  /** Ends the sender. */
  final AtomicBoolean enough = new AtomicBoolean();

  private final CountDownLatch many;

  /**
   * @param many so many are waited for
   */
  Numbers(int many) {
    this.many = new CountDownLatch(many);
  }

  void awaitMany() throws InterruptedException {
    many.await();
  }

  void send(TestBroker node, int most, String text) {
    try (Connection c = node.connect("kurashiki")) {
      Session s = c.createSession(false, Session.AUTO_ACKNOWLEDGE);
      MessageProducer producer = s.createProducer(s.createQueue(QUEUE));
      for (int number = 1; number <= most && !enough.get(); number++) {
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

  static List<Integer> receive(TestBroker node) throws JMSException {
    List<Integer> numbers = new ArrayList<>();
    try (Connection c = node.connect("kurashiki")) {
      Session s = c.createSession(false, Session.AUTO_ACKNOWLEDGE);
      MessageConsumer consumer = s.createConsumer(s.createQueue(QUEUE));
      for (Message m = consumer.receive(5000); m != null; m = consumer.receive(500)) {
        numbers.add(m.getIntProperty("number"));
      }
    }
    return numbers;
  }
}
