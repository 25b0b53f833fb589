package org.kiban.messaging;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.kiban.core.Continuity;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The queues of all municipalities and the messages in them. While receivers take from a queue its
 * count changes until the node stops, so of such a queue only its being there is said.
 */
@Component
public final class QueueContinuity implements Continuity {

  private static final String IN_USE = "in use";

  private final Messaging messaging;

  /** Asks the broker. */
  @Activate
  public QueueContinuity(@Reference Messaging messaging) {
    this.messaging = messaging;
  }

  @Override
  public String name() {
    return "queues";
  }

  @Override
  public SortedMap<String, String> facts() {
    SortedMap<String, String> facts = new TreeMap<>();
    for (QueueView queue : queues()) {
      boolean lasts = !queue.kind().equals("multicast");
      String messages = queue.consumers() > 0 ? IN_USE : String.valueOf(queue.messages());
      if (lasts) {
        facts.put(queue.queue(), messages);
      }
    }
    return facts;
  }

  private List<QueueView> queues() {
    return messaging.all().stream().flatMap(m -> m.list().stream()).toList();
  }

  @Override
  public List<String> missing(SortedMap<String, String> before) {
    Map<String, QueueView> here = new HashMap<>();
    queues().forEach(q -> here.put(q.queue(), q));
    List<String> missing = new ArrayList<>();
    before.forEach(
        (name, messages) -> {
          QueueView queue = here.get(name);
          if (queue == null) {
            missing.add("queue " + name + ": not there");
          } else if (!messages.equals(IN_USE) && there(queue) < Long.parseLong(messages)) {
            missing.add("queue " + name + ": " + messages + " messages, now " + there(queue));
          }
        });
    return missing;
  }

  /** What is in it and what was taken out since the start. */
  private static long there(QueueView queue) {
    return queue.messages() + queue.acknowledged();
  }
}
