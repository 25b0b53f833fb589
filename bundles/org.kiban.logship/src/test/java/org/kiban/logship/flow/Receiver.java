package org.kiban.logship.flow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.kiban.logship.ship.Destination;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.Segment;
import org.kiban.logship.ship.SourceId;

/** A receiver that keeps positions, can be down, and can take a segment without saying so. */
final class Receiver {

  final Map<SourceId, Position> positions = new LinkedHashMap<>();
  final Map<SourceId, List<String>> events = new LinkedHashMap<>();
  boolean down;
  boolean mute;
  boolean refusing;

  /** A connection of one sender. */
  Destination connect() {
    return new Destination() {
      @Override
      public Position position(Origin source, Position remembered) throws IOException {
        check();
        return positions.getOrDefault(source.id(), Position.START);
      }

      @Override
      public CompletableFuture<Position> send(Segment segment) throws IOException {
        check();
        if (refusing) {
          return CompletableFuture.failedFuture(new Refused("no such thing"));
        }
        SourceId id = segment.origin().id();
        if (!positions.getOrDefault(id, Position.START).equals(segment.before())) {
          return CompletableFuture.failedFuture(new IOException("out of place"));
        }
        positions.put(id, segment.after());
        segment.forEach(
            (offset, body, start, length) ->
                events
                    .computeIfAbsent(id, i -> new ArrayList<>())
                    .add(new String(body, start, length, StandardCharsets.UTF_8)));
        return mute
            ? CompletableFuture.failedFuture(new IOException("connection reset"))
            : CompletableFuture.completedFuture(segment.after());
      }

      @Override
      public void close() {
        // nothing is held
      }
    };
  }

  List<String> all() {
    return events.values().stream().flatMap(List::stream).toList();
  }

  private void check() throws IOException {
    if (down) {
      throw new IOException("connection refused");
    }
  }
}
