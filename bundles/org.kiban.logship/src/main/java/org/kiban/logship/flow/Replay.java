package org.kiban.logship.flow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.kiban.logship.local.LocalStore;
import org.kiban.logship.ship.Destination;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.Segment;
import org.kiban.logship.ship.SourceId;

/**
 * Brings a destination from where it has each stream to where the local store has it: for events
 * whose files are gone. Used once, on the thread of the destination's line.
 */
final class Replay {

  private final LocalStore store;
  private final Destination destination;
  private final Cursors cursors;
  private final Map<SourceId, Position> positions = new HashMap<>();
  private final Set<SourceId> sent = new HashSet<>();
  private long events;

  Replay(LocalStore store, Destination destination, Cursors cursors) {
    this.store = store;
    this.destination = destination;
    this.cursors = cursors;
  }

  Report.Replayed run(String name) throws IOException {
    store.read((stored, segment) -> bring(segment));
    return new Report.Replayed(name, sent.size(), events);
  }

  private void bring(Segment segment) throws IOException {
    SourceId id = segment.origin().id();
    Position there = positions.get(id);
    if (there == null) {
      there = destination.position(segment.origin(), cursors.of(id));
      positions.put(id, there);
    }
    // What begins behind a hole cannot be sent: the store has thrown the events between away.
    if (segment.after().offset() > there.offset() && segment.before().offset() <= there.offset()) {
      Position after = send(rest(segment, there));
      positions.put(id, after);
      cursors.put(id, after);
      sent.add(id);
    }
  }

  private Position send(Segment segment) throws IOException {
    try {
      Position after = destination.send(segment).get();
      events += segment.events();
      return after;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    }
  }

  /** The events of a segment from a position on. */
  private static Segment rest(Segment whole, Position from) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    List<Integer> offsets = new ArrayList<>();
    whole.forEach(
        (offset, bytes, start, length) -> {
          if (offset >= from.offset()) {
            offsets.add((int) (offset - from.offset()));
            body.write(bytes, start, length);
            body.write('\n');
          }
        });
    return new Segment(
        whole.origin(),
        from,
        whole.after().offset(),
        offsets.size(),
        whole.form(),
        body.toByteArray(),
        body.size(),
        offsets.stream().mapToInt(Integer::intValue).toArray());
  }
}
