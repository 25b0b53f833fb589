package org.kiban.messaging;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.ActiveMQBuffers;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.message.LargeBodyReader;
import org.apache.activemq.artemis.core.persistence.impl.journal.codec.LargeMessagePersister;
import org.apache.activemq.artemis.core.server.LargeServerMessage;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.utils.collections.LinkedListIterator;

/**
 * All lasting messages of one municipality as a {@link QueueFile}, made while it is read: queue by
 * queue, oldest first, those that wait for their time last. For one thread.
 */
final class QueueExport extends InputStream {

  private static final int BARRIER_SECONDS = 60;

  private final Broker still;
  private final List<Queue> queues;
  private final MessageDigest digest = QueueFile.digest();
  private ByteBuffer ready;
  private int queue = -1;
  private LinkedListIterator<MessageReference> present;
  private Iterator<MessageReference> scheduled = List.<MessageReference>of().iterator();
  private final Set<Long> seen = new HashSet<>();
  private LargeBodyReader body;
  private long left;
  private long messages;
  private boolean ended;

  /**
   * Begins.
   *
   * @param still a broker in which nothing changes; stopped at the end
   * @param queues of the municipality
   */
  QueueExport(Broker still, List<Queue> queues, String code, String stamp) throws IOException {
    this.still = still;
    this.queues = queues;
    this.ready =
        made(
            new QueueFile(code, stamp, queues.stream().map(Queue::getQueueConfiguration).toList())
                ::write);
  }

  private interface Part {
    void writeTo(DataOutputStream out) throws IOException;
  }

  /** What is written, and is part of the digest. */
  private ByteBuffer made(Part part) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    part.writeTo(new DataOutputStream(bytes));
    digest.update(bytes.toByteArray());
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  @Override
  public int read() throws IOException {
    return isReady() ? ready.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!isReady()) {
      return -1;
    }
    int count = Math.min(length, ready.remaining());
    ready.get(into, offset, count);
    return count;
  }

  private boolean isReady() throws IOException {
    try {
      while (!ready.hasRemaining() && !ended) {
        ready = next();
      }
      return ready.hasRemaining();
    } catch (ActiveMQException e) {
      throw new IOException(e);
    }
  }

  private ByteBuffer next() throws IOException, ActiveMQException {
    if (body != null) {
      return slice();
    }
    while (present == null || !present.hasNext()) {
      if (scheduled.hasNext()) {
        return message(scheduled.next());
      }
      if (++queue >= queues.size()) {
        return end();
      }
      open(queues.get(queue));
    }
    MessageReference next = present.next();
    return seen.contains(next.getMessageID()) ? ready : message(next);
  }

  /** One whose time comes meanwhile is at both places; it is taken with those that wait. */
  private void open(Queue next) throws IOException {
    settle(next);
    List<MessageReference> waiting = next.getScheduledMessages();
    seen.clear();
    waiting.forEach(m -> seen.add(m.getMessageID()));
    if (present != null) {
      present.close();
    }
    present = next.browserIterator();
    scheduled = waiting.iterator();
  }

  /** Returns when no more is moved from pages into memory, which would come twice. */
  private static void settle(Queue queue) throws IOException {
    queue.pause();
    if (queue.getPageSubscription() != null) {
      CountDownLatch idle = new CountDownLatch(1);
      queue.getPageSubscription().getPagingStore().execute(idle::countDown);
      try {
        if (!idle.await(BARRIER_SECONDS, TimeUnit.SECONDS)) {
          throw new IOException(queue.getName() + " does not come to rest");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new java.io.InterruptedIOException();
      }
    }
    queue.flushExecutor();
  }

  private ByteBuffer message(MessageReference reference) throws IOException, ActiveMQException {
    Message message = reference.getMessage();
    if (!message.isDurable()) {
      return ready;
    }
    messages++;
    byte[] encoded = encoded(message);
    if (message instanceof LargeServerMessage large) {
      body = large.getLargeBodyReader();
      body.open();
      left = body.getSize();
    }
    long follows = body == null ? QueueFile.WHOLE : left;
    return made(
        out -> {
          out.writeInt(queue);
          out.writeInt(encoded.length);
          out.write(encoded);
          out.writeLong(follows);
        });
  }

  @SuppressWarnings("unchecked") // whose messages a persister is for is nowhere said
  private static byte[] encoded(Message message) {
    ActiveMQBuffer buffer = ActiveMQBuffers.dynamicBuffer(1024);
    if (message instanceof LargeServerMessage large) {
      LargeMessagePersister.getInstance().encode(buffer, large);
    } else {
      message.getPersister().encode(buffer, message);
    }
    byte[] bytes = new byte[buffer.readableBytes()];
    buffer.readBytes(bytes);
    return bytes;
  }

  private ByteBuffer slice() throws IOException, ActiveMQException {
    byte[] slice = new byte[(int) Math.min(QueueFile.SLICE, left)];
    if (left > 0) {
      int got = body.readInto(ByteBuffer.wrap(slice));
      if (got <= 0) {
        throw new IOException("a large message is shorter than it was");
      }
      left -= got;
      digest.update(slice, 0, got);
      return ByteBuffer.wrap(slice, 0, got);
    }
    body.close();
    body = null;
    return ready;
  }

  private ByteBuffer end() throws IOException {
    ByteBuffer end =
        made(
            out -> {
              out.writeInt(QueueFile.END);
              out.writeLong(messages);
            });
    ended = true;
    byte[] hash = digest.digest();
    return ByteBuffer.allocate(end.remaining() + hash.length).put(end).put(hash).flip();
  }

  @Override
  public void close() throws IOException {
    try {
      if (body != null) {
        body.close();
      }
      if (present != null) {
        present.close();
      }
      still.stop();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
