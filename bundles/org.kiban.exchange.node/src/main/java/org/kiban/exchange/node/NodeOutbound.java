package org.kiban.exchange.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.kiban.core.storage.DurableFiles;
import org.kiban.exchange.api.Endpoint;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.api.Parcel;

/**
 * The way out to a peer. Staging writes the parcel durably on this node's disk, since the peer may
 * be away for days; publishing sends it as one message whose id the peer's broker accepts once.
 * Only then the staged file goes, so a parcel without one was published — unless the whole
 * directory was lost, which the {@code keep} file tells.
 */
final class NodeOutbound implements Outbound {

  private static final int SMALL = 64 * 1024;
  private static final int RECEIPTS = 1000;

  private final Link link;
  private final Endpoint endpoint;
  private final String node;
  private final String peer;
  private final DurableFiles files;
  private final Path directory;
  private ClientSession receipts;
  private ClientConsumer receiptConsumer;

  NodeOutbound(Link link, Endpoint endpoint, String node, String peer, DurableFiles files)
      throws IOException {
    this.link = link;
    this.endpoint = endpoint;
    this.node = node;
    this.peer = peer;
    this.files = files;
    this.directory = endpoint.directory().resolve(".node");
    Files.createDirectories(directory);
  }

  @Override
  public boolean distant() {
    return true;
  }

  @Override
  public void stage(Parcel parcel, Content content) throws IOException {
    if (Files.notExists(keep())) {
      files.write(keep(), out -> {});
    }
    files.write(
        staged(parcel),
        out -> {
          try (InputStream in = content.open()) {
            in.transferTo(out);
          }
        });
  }

  @Override
  public void publish(Parcel parcel) throws IOException {
    if (look(parcel) == Presence.PUBLISHED) {
      return;
    }
    try (InputStream content = Files.newInputStream(staged(parcel))) {
      link.with(
          session -> {
            send(session, parcel, content);
            return null;
          });
    }
    files.delete(staged(parcel));
  }

  private void send(ClientSession session, Parcel parcel, InputStream content)
      throws ActiveMQException, IOException {
    String address = Wire.arrivals(endpoint.municipality(), endpoint.interfaceId());
    Link.queue(session, address);
    Link.queue(session, receiptQueue());
    ClientMessage message = session.createMessage(true);
    message.setRoutingType(RoutingType.ANYCAST);
    String id = id(parcel);
    message.putStringProperty(Message.HDR_DUPLICATE_DETECTION_ID.toString(), id);
    message.putStringProperty(Wire.ID, id);
    message.putStringProperty(Wire.NAME, parcel.fileName());
    message.putLongProperty(Wire.BYTES, parcel.bytes());
    message.putLongProperty(Wire.DELIVERY, parcel.delivery());
    message.putStringProperty(Wire.RECEIPT_TO, receiptQueue());
    if (parcel.manifest() != null) {
      message.putBytesProperty(Wire.MANIFEST, parcel.manifest());
    }
    if (parcel.bytes() <= SMALL) {
      message.writeBodyBufferBytes(content.readAllBytes());
    } else {
      message.setBodyInputStream(content);
    }
    session.createProducer(address).send(message);
  }

  @Override
  public void sync() {
    // Staged files and accepted messages are durable already.
  }

  @Override
  public Presence look(Parcel parcel) {
    if (Files.exists(staged(parcel))) {
      return Presence.STAGED;
    }
    return Files.exists(keep()) ? Presence.PUBLISHED : Presence.LOST;
  }

  @Override
  public void withdraw(Parcel parcel) throws IOException {
    files.delete(staged(parcel));
  }

  @Override
  public byte[] lying(Parcel parcel) {
    return null;
  }

  @Override
  public String place(Parcel parcel) {
    return peer
        + ":"
        + Wire.arrivals(endpoint.municipality(), endpoint.interfaceId())
        + "/"
        + parcel.fileName();
  }

  /** Receipts leave the peer's queue at the next call, when the caller has noted them. */
  @Override
  public synchronized List<Long> confirmed() throws IOException {
    try {
      if (receipts == null || receipts.isClosed()) {
        receipts = link.open(true);
        Link.queue(receipts, receiptQueue());
        receiptConsumer = receipts.createConsumer(receiptQueue());
      } else {
        receipts.commit();
      }
      List<Long> numbers = new ArrayList<>();
      for (ClientMessage m = receiptConsumer.receiveImmediate();
          m != null;
          m = numbers.size() < RECEIPTS ? receiptConsumer.receiveImmediate() : null) {
        m.acknowledge();
        numbers.add(m.getLongProperty(Wire.DELIVERY));
      }
      return numbers;
    } catch (ActiveMQException e) {
      receipts = null;
      throw link.broken(e);
    }
  }

  @Override
  public void close() {
    link.close();
  }

  /** With the content's hash, so that a ledger begun anew is not taken for the old one's echo. */
  private String id(Parcel parcel) {
    return String.join(
        "/",
        node,
        endpoint.municipality().value(),
        endpoint.interfaceId(),
        endpoint.system(),
        String.valueOf(parcel.delivery()),
        HexFormat.of().formatHex(parcel.sha256()));
  }

  private String receiptQueue() {
    return Wire.receipts(endpoint.municipality(), endpoint.interfaceId(), node, endpoint.system());
  }

  private Path staged(Parcel parcel) {
    return directory.resolve(parcel.delivery() + ".staged");
  }

  private Path keep() {
    return directory.resolve("keep");
  }
}
