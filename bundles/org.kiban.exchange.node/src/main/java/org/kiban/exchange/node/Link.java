package org.kiban.exchange.node;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.io.Closeable;
import java.io.IOException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;

/** A connection to a broker that is opened when it is needed and anew after it broke. */
final class Link implements Closeable {

  /** Gives a factory; asked at each new connection, so that new credentials count. */
  @FunctionalInterface
  interface Source {
    ConnectionFactory factory() throws IOException;
  }

  /** Work in a session of its own. */
  @FunctionalInterface
  interface Work<T> {
    T in(ClientSession session) throws ActiveMQException, IOException;
  }

  private final Source source;
  private Connection connection;

  Link(Source source) {
    this.source = source;
  }

  /** Runs work in a new session whose sends are each durable on return. */
  <T> T with(Work<T> work) throws IOException {
    try (ClientSession session = open(false)) {
      return work.in(session);
    } catch (ActiveMQException e) {
      // What this user may not do breaks no connection, and others are using it.
      throw e.getType() == ActiveMQExceptionType.SECURITY_EXCEPTION
          ? new IOException(e.getMessage(), e)
          : broken(e);
    }
  }

  /** A new session; the caller closes it. In a transacted one only a commit counts. */
  synchronized ClientSession open(boolean transacted) throws IOException {
    try {
      if (connection == null) {
        connection = source.factory().createConnection();
        connection.start();
      }
      int mode = transacted ? Session.SESSION_TRANSACTED : Session.AUTO_ACKNOWLEDGE;
      return ((ActiveMQSession) connection.createSession(transacted, mode)).getCoreSession();
    } catch (JMSException e) {
      throw broken(e);
    }
  }

  /** Drops the connection, so that the next use opens another. */
  synchronized IOException broken(Exception cause) {
    close();
    return new IOException(cause.getMessage(), cause);
  }

  /** Makes sure of a durable queue that stays without receivers. */
  static void queue(ClientSession session, String name) throws ActiveMQException {
    if (session.queueQuery(SimpleString.of(name)).isExists()) {
      return;
    }
    try {
      session.createQueue(
          QueueConfiguration.of(name)
              .setRoutingType(RoutingType.ANYCAST)
              .setDurable(true)
              .setAutoCreateAddress(true)
              .setAutoDelete(false));
    } catch (ActiveMQException e) {
      if (e.getType() != ActiveMQExceptionType.QUEUE_EXISTS) {
        throw e;
      }
    }
  }

  @Override
  public synchronized void close() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (JMSException ignored) {
      // It is given up anyway.
    }
    connection = null;
  }
}
