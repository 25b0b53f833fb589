package org.kiban.logship.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.kiban.core.storage.DurableFiles;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.ship.SourceId;

/** The file that remembers which files were seen. Used by one thread. */
final class Catalog {

  private final Path file;
  private final DurableFiles files;
  private final ObjectMapper mapper = new ObjectMapper();

  Catalog(Path file, DurableFiles files) {
    this.file = file;
    this.files = files;
  }

  List<Known> read() throws IOException {
    List<Known> all = new ArrayList<>();
    if (Files.exists(file)) {
      for (JsonNode n : mapper.readTree(Files.readAllBytes(file)).path("files")) {
        all.add(known(n));
      }
    }
    return all;
  }

  void write(Collection<Known> all) throws IOException {
    ObjectNode root = mapper.createObjectNode();
    ArrayNode list = root.putArray("files");
    for (Known k : all) {
      list.addObject()
          .put("id", k.origin().id().value())
          .put("source", k.origin().source())
          .put("name", k.origin().name())
          .put("born", k.origin().born().toString())
          .put("path", k.path())
          .put("device", k.key().device())
          .put("inode", k.key().inode())
          .put("birth", k.key().birth())
          .put("generation", k.generation())
          .put("prefix", k.prefix())
          .put("prefix-hash", k.prefixHash())
          .put("mark", k.mark().offset())
          .put("mark-length", k.mark().length())
          .put("mark-hash", k.mark().hash())
          .put("size", k.size())
          .put("begin", k.begin())
          .put("packed-bytes", k.packed().bytes())
          .put("packed-modified", k.packed().modified().toString())
          .put("packed-end", k.packed().end())
          .put("seen", k.seen().toString());
    }
    byte[] bytes = mapper.writeValueAsBytes(root);
    files.write(file, out -> out.write(bytes));
  }

  private static Known known(JsonNode n) {
    Origin origin =
        new Origin(
            new SourceId(n.path("id").asText()),
            n.path("source").asText(),
            n.path("name").asText(),
            Instant.parse(n.path("born").asText()));
    return new Known(
        origin,
        n.path("path").asText(),
        new Found.Key(
            n.path("device").asLong(), n.path("inode").asLong(), n.path("birth").asLong()),
        n.path("generation").asInt(),
        n.path("prefix").asInt(),
        n.path("prefix-hash").asText(),
        new Mark(
            n.path("mark").asLong(), n.path("mark-length").asInt(), n.path("mark-hash").asText()),
        n.path("size").asLong(),
        n.path("begin").asLong(),
        packed(n),
        Instant.parse(n.path("seen").asText()));
  }

  private static Known.Packed packed(JsonNode n) {
    return n.has("packed-bytes")
        ? new Known.Packed(
            n.path("packed-bytes").asLong(),
            Instant.parse(n.path("packed-modified").asText()),
            n.path("packed-end").asLong())
        : Known.Packed.NONE;
  }
}
