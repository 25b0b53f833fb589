package org.kiban.messaging;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.ActiveMQBuffers;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.persistence.StorageManager;
import org.apache.activemq.artemis.core.persistence.impl.journal.codec.LargeMessagePersister;
import org.apache.activemq.artemis.core.postoffice.Binding;
import org.apache.activemq.artemis.core.postoffice.DuplicateIDCache;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.LargeServerMessage;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.impl.RoutingContextImpl;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.core.transaction.impl.TransactionImpl;
import org.apache.activemq.artemis.spi.core.protocol.MessagePersister;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Outcome;

/**
 * Brings a {@link QueueFile} into a broker, each message once: with every stretch of it goes, in
 * one transaction, a mark of the file's stamp, and a stretch whose mark is there is passed over. So
 * it may be broken off anywhere and done again. For one thread.
 */
final class QueueImport {

  /** No client reaches this name, so nobody pushes the marks out. */
  private static final SimpleString MARKS = SimpleString.of("kiban.restored");

  private static final int STRETCH_MESSAGES = 500;
  private static final long STRETCH_BYTES = 4L << 20;

  private final ActiveMQServer server;
  private final StorageManager storage;
  private final MunicipalityCode code;
  private final Path file;
  private final Map<String, Long> added = new TreeMap<>();
  private QueueFile beginning;
  private DuplicateIDCache marks;
  private Transaction transaction;
  private boolean known;
  private int stretch;
  private int messages;
  private long bytes;

  QueueImport(ActiveMQServer server, MunicipalityCode code, Path file) {
    this.server = server;
    this.storage = server.getStorageManager();
    this.code = code;
    this.file = file;
  }

  /** What a message is followed by in the file. */
  private interface Each {
    void take(int queue, byte[] head, long follows, DataInputStream in) throws Exception;
  }

  /**
   * Holds all of it to its digest, then takes it in.
   *
   * @return how many messages each of its queues has got
   * @throws KibanException if it is damaged or another municipality's; nothing is taken in then
   */
  Map<String, Long> run() throws Exception {
    walk((queue, head, follows, in) -> QueueFile.body(in, follows, slice -> {}));
    marks = server.getPostOffice().getDuplicateIDCache(MARKS);
    for (QueueConfiguration queue : beginning.queues()) {
      added.put(queue.getName().toString(), 0L);
      make(queue);
    }
    Map<Integer, Binding> bindings = new HashMap<>();
    begin();
    try {
      walk(
          (queue, head, follows, in) -> {
            Binding binding = bindings.computeIfAbsent(queue, this::binding);
            if (known) {
              QueueFile.body(in, follows, slice -> {});
            } else {
              route(message(head, follows, in), binding);
            }
            count(head.length + Math.max(0, follows));
          });
      end();
    } catch (Exception e) {
      transaction.rollback();
      throw e;
    }
    return added;
  }

  private void walk(Each each) throws Exception {
    MessageDigest digest = QueueFile.digest();
    try (DataInputStream in =
        new DataInputStream(
            new DigestInputStream(new BufferedInputStream(Files.newInputStream(file)), digest))) {
      beginning = QueueFile.read(in);
      if (!beginning.code().equals(code.value())) {
        throw new KibanException(
            Outcome.REFUSED, MessagingCode.NOT_OURS, file, beginning.code(), code);
      }
      long count = 0;
      for (int queue = in.readInt(); queue != QueueFile.END; queue = in.readInt()) {
        if (queue < 0 || queue >= beginning.queues().size()) {
          throw new IOException("a queue " + queue + " in it");
        }
        byte[] head = QueueFile.bytes(in, in.readInt());
        each.take(queue, head, in.readLong(), in);
        count++;
      }
      long told = in.readLong();
      byte[] hash = digest.digest();
      if (told != count || !MessageDigest.isEqual(hash, in.readNBytes(hash.length))) {
        throw new IOException("its digest is wrong");
      }
    } catch (EOFException e) {
      throw damaged(e, "it ends too early");
    } catch (IOException e) {
      throw damaged(e, String.valueOf(e.getMessage()));
    }
  }

  private KibanException damaged(Exception e, String reason) {
    return new KibanException(e, Outcome.FAILED, MessagingCode.DAMAGED_FILE, file, reason);
  }

  private void make(QueueConfiguration queue) throws Exception {
    if (!queue.getAddress().toString().startsWith(code + ".")) {
      throw new KibanException(
          Outcome.REFUSED, MessagingCode.NOT_OURS, file, queue.getAddress(), code);
    }
    Queue there = server.locateQueue(queue.getName());
    if (there == null) {
      server.createQueue(QueueConfiguration.of(queue).setId(null).setAutoCreateAddress(true), true);
    } else if (!there.getAddress().equals(queue.getAddress())) {
      throw new KibanException(
          Outcome.REFUSED, MessagingCode.NOT_OURS, file, queue.getAddress(), code);
    }
  }

  private Binding binding(int queue) {
    return server.getPostOffice().getBinding(beginning.queues().get(queue).getName());
  }

  private void route(Message message, Binding binding) throws Exception {
    // By the queue, not by the address: its other queues have copies of their own in the file.
    RoutingContextImpl context = new RoutingContextImpl(transaction);
    server
        .getPostOffice()
        .route(message, context.setDuplicateDetection(false), false, false, binding);
    added.merge(binding.getUniqueName().toString(), 1L, Long::sum);
  }

  private Message message(byte[] head, long follows, DataInputStream in) throws Exception {
    ActiveMQBuffer buffer = ActiveMQBuffers.wrappedBuffer(head);
    long id = storage.generateID();
    if (follows == QueueFile.WHOLE) {
      Message message = MessagePersister.getInstance().decode(buffer, null, null, storage);
      return message.setMessageID(id);
    }
    LargeServerMessage large = storage.createCoreLargeMessage();
    LargeMessagePersister.getInstance().decode(buffer, large, null);
    storage.onLargeMessageCreate(id, large);
    QueueFile.body(in, follows, large::addBytes);
    large.releaseResources(true, true);
    return large.toMessage();
  }

  private void count(long more) throws Exception {
    messages++;
    bytes += more;
    if (messages >= STRETCH_MESSAGES || bytes >= STRETCH_BYTES) {
      end();
      begin();
    }
  }

  private void begin() {
    messages = 0;
    bytes = 0;
    transaction = new TransactionImpl(storage);
    known = marks.contains(mark());
  }

  /** Returns when the stretch, and the mark of it, are on the disk. */
  private void end() throws Exception {
    if (known) {
      transaction.rollback();
    } else {
      marks.addToCache(mark(), transaction);
      transaction.commit();
      storage.waitOnOperations();
    }
    stretch++;
  }

  private byte[] mark() {
    return (beginning.stamp() + '/' + stretch).getBytes(StandardCharsets.US_ASCII);
  }
}
