package org.kiban.itests;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends numbered messages at a steady rate while the node is up. One whose acknowledgement was lost
 * is sent again under the same id, which the broker takes once.
 */
final class NumberSender implements AutoCloseable {

  private final ConnectionFactory factory;
  private final String queue;
  private final int all;
  private final long nanosEach;
  private final Thread thread = new Thread(this::run, "sender");
  private volatile int sent;
  private volatile boolean over;

  NumberSender(ConnectionFactory factory, String queue, int all, int perSecond) {
    this.factory = factory;
    this.queue = queue;
    this.all = all;
    this.nanosEach = TimeUnit.SECONDS.toNanos(1) / perSecond;
    thread.start();
  }

  /** How many were acknowledged. */
  int sent() {
    return sent;
  }

  private void run() {
    while (!over && sent < all) {
      try (Connection connection = factory.createConnection();
          Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
          MessageProducer producer = session.createProducer(session.createQueue(queue))) {
        send(session, producer);
      } catch (JMSException e) {
        // The node is down, or not up yet.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      }
    }
  }

  private void send(Session session, MessageProducer producer) throws JMSException {
    long next = System.nanoTime();
    while (!over && sent < all) {
      int number = sent + 1;
      TextMessage message = session.createTextMessage("番号 " + number);
      message.setIntProperty("number", number);
      message.setStringProperty("_AMQ_DUPL_ID", "number-" + number);
      producer.send(message);
      sent = number;
      next = Math.max(next + nanosEach, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  @Override
  public void close() {
    over = true;
    try {
      thread.join(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
