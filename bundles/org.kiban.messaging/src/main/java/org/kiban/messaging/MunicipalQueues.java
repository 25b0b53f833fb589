package org.kiban.messaging;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.filter.Filter;
import org.apache.activemq.artemis.core.paging.PagingStore;
import org.apache.activemq.artemis.core.postoffice.QueueBinding;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.utils.collections.LinkedListIterator;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Outcome;

/** One municipality's queues, seen from inside the broker. Safe for any thread. */
public final class MunicipalQueues {

  private final ActiveMQServer server;
  private final MunicipalityCode code;

  MunicipalQueues(ActiveMQServer server, MunicipalityCode code) {
    this.server = server;
    this.code = code;
  }

  /** All queues, by address and name. */
  public List<QueueView> list() {
    return server
        .getPostOffice()
        .getAllBindings()
        .filter(QueueBinding.class::isInstance)
        .map(b -> ((QueueBinding) b).getQueue())
        .filter(q -> owns(q.getAddress().toString()))
        .map(this::view)
        .sorted(Comparator.comparing(QueueView::address).thenComparing(QueueView::queue))
        .toList();
  }

  /** One queue. */
  public QueueView show(String name) {
    return view(queue(name));
  }

  /** The oldest messages of a queue, without their content. */
  public List<MessageView> messages(String name, int limit) {
    List<MessageView> found = new ArrayList<>();
    try (LinkedListIterator<MessageReference> all = queue(name).browserIterator()) {
      while (all.hasNext() && found.size() < limit) {
        found.add(view(all.next()));
      }
    }
    return found;
  }

  /**
   * Waits until a queue is empty: nothing in it, nothing with a consumer.
   *
   * @param hold whether senders to its address wait meanwhile (nothing is lost)
   * @param left told every second how many are left
   * @throws KibanException if it is not empty in time
   */
  public void drain(String name, Duration timeout, boolean hold, LongConsumer left)
      throws Exception {
    Queue queue = queue(name);
    PagingStore store = server.getPagingManager().getPageStore(queue.getAddress());
    boolean held = hold && store != null;
    if (held) {
      store.block();
    }
    try {
      long end = System.nanoTime() + timeout.toNanos();
      for (long n = queue.getMessageCount(); n > 0; n = queue.getMessageCount()) {
        left.accept(n);
        if (System.nanoTime() >= end || Thread.currentThread().isInterrupted()) {
          throw new KibanException(Outcome.FAILED, MessagingCode.DRAIN_TIMED_OUT, name, n);
        }
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      }
    } finally {
      if (held) {
        store.unblock();
      }
    }
  }

  /** Dead letters that would go back to where they came from. */
  public List<MessageView> replayable(Long id) {
    return deadLetters(id, this::returnable);
  }

  /** Dead letters that cannot: their address is gone, or not this municipality's. */
  public List<MessageView> stuck(Long id) {
    return deadLetters(id, m -> !returnable(m));
  }

  /**
   * Sends dead letters back to the queue that they came from, as new messages.
   *
   * @param id one of them, or null for all
   * @return how many went
   * @throws KibanException if there is no such dead letter, or some had to stay
   */
  public int replay(Long id) throws Exception {
    int staying = stuck(id).size();
    int sent =
        deadLetterQueue()
            .retryMessages(
                new Chosen(m -> (id == null || m.getMessageID() == id) && returnable(m)));
    if (id != null && sent + staying == 0) {
      throw new KibanException(
          Outcome.USAGE, MessagingCode.NO_SUCH_MESSAGE, String.valueOf(id), code);
    }
    if (staying > 0) {
      throw new KibanException(
          sent > 0 ? Outcome.PARTIAL : Outcome.FAILED,
          MessagingCode.NOT_REPLAYED,
          sent,
          staying,
          code);
    }
    return sent;
  }

  /**
   * Brings messages back that a backup of the municipality holds, each once: what was taken in
   * before is passed over, however often this is done.
   *
   * @param file {@code restored.queues} of a restored backup
   * @return how many messages each queue has got
   * @throws KibanException if it is damaged, not there, or another municipality's
   */
  public Map<String, Long> restore(Path file) throws Exception {
    return new QueueImport(server, code, file).run();
  }

  /**
   * A sender can write any origin into a message, so it is believed only within the municipality;
   * and a message sent to an address without a queue would vanish.
   */
  private boolean returnable(Message message) {
    String address = message.getAnnotationString(Message.HDR_ORIGINAL_ADDRESS);
    String queue = message.getAnnotationString(Message.HDR_ORIGINAL_QUEUE);
    Queue target = queue == null ? null : server.locateQueue(SimpleString.of(queue));
    return address != null
        && owns(address)
        && target != null
        && target.getAddress().toString().equals(address);
  }

  private List<MessageView> deadLetters(Long id, Predicate<Message> wanted) {
    List<MessageView> found = new ArrayList<>();
    try (LinkedListIterator<MessageReference> all = deadLetterQueue().browserIterator()) {
      while (all.hasNext()) {
        MessageReference ref = all.next();
        if ((id == null || ref.getMessageID() == id) && wanted.test(ref.getMessage())) {
          found.add(view(ref));
        }
      }
    }
    return found;
  }

  private Queue deadLetterQueue() {
    return queue(code + BrokerConfiguration.DEAD_LETTER);
  }

  private Queue queue(String name) {
    Queue queue = server.locateQueue(SimpleString.of(name));
    if (queue == null || !owns(queue.getAddress().toString())) {
      throw new KibanException(Outcome.USAGE, MessagingCode.NO_SUCH_QUEUE, name, code);
    }
    return queue;
  }

  private boolean owns(String address) {
    return address.startsWith(code + ".");
  }

  private QueueView view(Queue q) {
    return new QueueView(
        code,
        q.getAddress().toString(),
        q.getName().toString(),
        q.getRoutingType().toString().toLowerCase(java.util.Locale.ROOT),
        q.getMessageCount(),
        q.getDeliveringCount(),
        q.getScheduledCount(),
        q.getConsumerCount(),
        q.getMessagesAdded(),
        q.getMessagesAcknowledged());
  }

  private static MessageView view(MessageReference ref) {
    Message m = ref.getMessage();
    return new MessageView(
        ref.getMessageID(),
        Instant.ofEpochMilli(m.getTimestamp()),
        m.getWholeMessageSize(),
        ref.getDeliveryCount(),
        m.isDurable(),
        m.getAnnotationString(Message.HDR_ORIGINAL_ADDRESS));
  }

  /** Chooses messages in the broker by a rule of ours. */
  private record Chosen(Predicate<Message> rule) implements Filter {
    @Override
    public boolean match(Message message) {
      return rule.test(message);
    }

    @Override
    public boolean match(Map<String, String> map) {
      return false;
    }

    @Override
    public boolean match(org.apache.activemq.artemis.selector.filter.Filterable filterable) {
      return false;
    }

    @Override
    public SimpleString getFilterString() {
      return SimpleString.of("replay");
    }
  }
}
