package org.kiban.logship.flow;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.SourceId;

/**
 * What the record says, from before this start, of the streams on their way to one destination. For
 * one thread.
 */
final class Past {

  /** Bytes of a stream that were told as lost. */
  record Loss(String id, long from, long to) {
    static Loss of(Evidence.Entry e) {
      return new Loss(e.id(), e.from(), e.to());
    }
  }

  private final Map<SourceId, Position> stored = new HashMap<>();
  private final Set<Loss> lost = new HashSet<>();
  private final Set<Loss> accepted = new HashSet<>();

  /** Takes the next entry, in the order of the record. */
  void add(Evidence.Entry e) {
    switch (e.kind()) {
      case STORED -> e.end().ifPresent(end -> stored.put(new SourceId(e.id()), end));
      case LOST -> lost.add(Loss.of(e));
      case ACCEPTED -> accepted.add(Loss.of(e));
      default -> {
        return; // told at once, and again when it happens again
      }
    }
  }

  /** How far it is recorded that a stream is stored; what nobody recorded begins at the other. */
  Position stored(SourceId id, Position otherwise) {
    return stored.getOrDefault(id, otherwise);
  }

  /** Whether a loss was told before. */
  boolean isTold(Loss loss) {
    return lost.contains(loss);
  }

  /** Whether an operator has taken note of a loss. */
  boolean isAccepted(Loss loss) {
    return accepted.contains(loss);
  }
}
