package org.kiban.itests;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes numbered messages from a queue and notes how often each came and when. A message counts
 * once its transaction is through; one whose commit got no answer is told apart by its id.
 */
final class NumberTaker implements AutoCloseable {

  private final ConnectionFactory factory;
  private final String queue;
  private final int[] times;
  private final String[] ids;
  private final List<Long> arrivals = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "taker");
  private int taken;
  private volatile boolean over;

  NumberTaker(ConnectionFactory factory, String queue, int all) {
    this.factory = factory;
    this.queue = queue;
    this.times = new int[all + 1];
    this.ids = new String[all + 1];
    thread.start();
  }

  /** How many different numbers came. */
  synchronized int taken() {
    return taken;
  }

  /** Numbers that came more than once. */
  synchronized List<Integer> twice() {
    List<Integer> found = new ArrayList<>();
    for (int number = 1; number < times.length; number++) {
      if (times[number] > 1) {
        found.add(number);
      }
    }
    return found;
  }

  /** The longest time without a message between two moments of {@link System#nanoTime}, in ms. */
  synchronized long longestPause(long from, long to) {
    long before = from;
    long longest = 0;
    for (long at : arrivals) {
      if (at >= from && at <= to) {
        longest = Math.max(longest, at - before);
        before = at;
      }
    }
    return TimeUnit.NANOSECONDS.toMillis(longest);
  }

  private void run() {
    while (!over) {
      try (Connection connection = factory.createConnection();
          Session session = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
          MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
        connection.start();
        while (!over) {
          take(consumer.receive(200));
        }
      } catch (JMSException e) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      }
    }
  }

  private void take(Message message) throws JMSException {
    if (message == null) {
      return;
    }
    note(message.getIntProperty("number"), message.getJMSMessageID());
    message.acknowledge();
  }

  private synchronized void note(int number, String id) {
    arrivals.add(System.nanoTime());
    if (id.equals(ids[number])) {
      return; // the same message: its acknowledgement did not reach the broker before the kill
    }
    ids[number] = id;
    if (times[number]++ == 0) {
      taken++;
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
