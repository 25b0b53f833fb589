package org.kiban.exchange.node;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.kiban.core.storage.DurableFiles;
import org.kiban.exchange.api.Arrival;
import org.kiban.exchange.api.Endpoint;
import org.kiban.exchange.api.Inbound;

/**
 * The way in from peers: messages wait in this node's own broker. A poll copies the content of each
 * to a file, so that it can be read as often as wanted; the message stays in the broker until it is
 * retired, in one transaction with the receipt.
 */
final class NodeInbound implements Inbound {

  private final Link link;
  private final String queue;
  private final Path spool;
  private final DurableFiles files;
  private final Deque<Arrival> released = new ArrayDeque<>();
  private ClientSession session;
  private ClientConsumer consumer;

  NodeInbound(Link link, Endpoint endpoint, DurableFiles files) throws IOException {
    this.link = link;
    this.queue = Wire.arrivals(endpoint.municipality(), endpoint.interfaceId());
    this.spool = endpoint.directory().resolve(".node");
    this.files = files;
    Files.createDirectories(spool);
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(spool, "*.content")) {
      for (Path leftover : leftovers) {
        Files.delete(leftover);
      }
    }
  }

  @Override
  public synchronized List<Arrival> poll(int max) throws IOException {
    List<Arrival> arrivals = new ArrayList<>();
    while (arrivals.size() < max && !released.isEmpty()) {
      arrivals.add(released.poll());
    }
    try {
      connect();
      while (arrivals.size() < max) {
        ClientMessage message = consumer.receiveImmediate();
        if (message == null) {
          break;
        }
        arrivals.add(arrival(message));
      }
      return arrivals;
    } catch (ActiveMQException | IOException e) {
      // A message that could not be copied waits in this session only: another gets it again.
      throw lost(e);
    }
  }

  @Override
  public synchronized void release(Arrival arrival) {
    // One of a connection that broke comes again by itself.
    if (arrival instanceof NodeArrival mine && mine.session() == session) {
      released.add(arrival);
    }
  }

  @Override
  public boolean holds(String arrivalId) throws IOException {
    String filter = Wire.ID + " = '" + arrivalId.replace("'", "''") + "'";
    return link.with(
        s -> {
          Link.queue(s, queue);
          try (ClientConsumer browser = s.createConsumer(queue, filter, true)) {
            return browser.receiveImmediate() != null;
          }
        });
  }

  @Override
  public synchronized void close() {
    link.close();
    session = null;
  }

  /** Takes a message away for good and lets its sender know, both or neither. */
  synchronized void retire(ClientMessage message, ClientSession of) throws IOException {
    if (of != session) {
      throw new IOException("the connection broke since; it is given again");
    }
    try {
      message.individualAcknowledge();
      String to = message.getStringProperty(Wire.RECEIPT_TO);
      if (to != null) {
        ClientMessage receipt = session.createMessage(true);
        receipt.setRoutingType(RoutingType.ANYCAST);
        receipt.putLongProperty(Wire.DELIVERY, message.getLongProperty(Wire.DELIVERY));
        session.createProducer(to).send(receipt);
      }
      session.commit();
    } catch (ActiveMQException e) {
      throw lost(e);
    }
  }

  DurableFiles files() {
    return files;
  }

  private void connect() throws IOException, ActiveMQException {
    if (session != null && !session.isClosed()) {
      return;
    }
    released.clear();
    session = link.open(true);
    Link.queue(session, queue);
    consumer = session.createConsumer(SimpleString.of(queue));
  }

  private Arrival arrival(ClientMessage message) throws IOException, ActiveMQException {
    Path file = spool.resolve(message.getMessageID() + ".content");
    try (OutputStream out = Files.newOutputStream(file)) {
      message.saveToOutputStream(out);
    }
    return new NodeArrival(this, session, message, file);
  }

  private IOException lost(Exception e) {
    session = null;
    released.clear();
    return link.broken(e);
  }
}
