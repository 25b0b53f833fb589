package org.kiban.logship.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.kiban.core.storage.DurableFiles;
import org.kiban.logship.ship.Chain;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.SourceId;

/**
 * What one destination acknowledged, as the sender remembers it. May be behind after a crash: the
 * destination knows better. One thread writes, any may read.
 */
final class Cursors {

  private final Path file;
  private final DurableFiles files;
  private final ObjectMapper mapper = new ObjectMapper();
  private final Map<SourceId, Position> positions = new ConcurrentHashMap<>();
  private boolean changed;

  Cursors(Path file, DurableFiles files) throws IOException {
    this.file = file;
    this.files = files;
    if (Files.exists(file)) {
      for (JsonNode n : mapper.readTree(Files.readAllBytes(file)).path("positions")) {
        positions.put(
            new SourceId(n.path("id").asText()),
            new Position(
                n.path("offset").asLong(),
                n.path("events").asLong(),
                Chain.of(n.path("chain").asText())));
      }
    }
  }

  Position of(SourceId id) {
    return positions.getOrDefault(id, Position.START);
  }

  void put(SourceId id, Position position) {
    changed |= !position.equals(positions.put(id, position));
  }

  /** Makes it durable, without what nobody knows any more. */
  void write(Set<SourceId> known) throws IOException {
    if (!changed) {
      return;
    }
    positions.keySet().retainAll(known);
    ObjectNode root = mapper.createObjectNode();
    ArrayNode list = root.putArray("positions");
    positions.forEach(
        (id, p) ->
            list.addObject()
                .put("id", id.value())
                .put("offset", p.offset())
                .put("events", p.events())
                .put("chain", p.chain().toString()));
    byte[] bytes = mapper.writeValueAsBytes(root);
    files.write(file, out -> out.write(bytes));
    changed = false;
  }
}
