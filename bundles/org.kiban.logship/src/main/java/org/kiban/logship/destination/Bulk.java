package org.kiban.logship.destination;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.kiban.core.MunicipalityCode;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.Segment;

/**
 * Events as OpenSearch takes them. The same event becomes the same document with the same id in the
 * same index, whenever and by whichever way it comes.
 *
 * @param code whose events
 * @param ownNode this node's name
 * @param prefix of the indices; the day of the event (UTC) follows
 */
record Bulk(MunicipalityCode code, String ownNode, String prefix) {

  /** One event, as two lines of a bulk request. */
  record Item(String id, byte[] lines) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("-uuuu.MM.dd").withZone(ZoneOffset.UTC);
  private static final String TIME = "@timestamp";

  /** The events of a segment, in order. */
  List<Item> items(Segment segment) {
    Whence whence = Whence.of(segment.origin(), ownNode);
    List<Item> items = new ArrayList<>(segment.events());
    segment.forEach(
        (offset, body, start, length) -> {
          String line = new String(body, start, length, StandardCharsets.UTF_8);
          ObjectNode document =
              segment.form() == Segment.Form.PLAIN
                  ? JSON.createObjectNode().put("message", withoutReturn(line))
                  : parsed(line);
          items.add(item(segment.origin(), whence, offset, document));
        });
    return items;
  }

  /** The names of all indices. */
  String indices() {
    return prefix + "-*";
  }

  /** Asks for the events of a source up to a place. */
  byte[] query(Origin origin, Position end) {
    ObjectNode query = JSON.createObjectNode();
    ArrayNode all = query.putObject("query").putObject("bool").putArray("filter");
    all.addObject().putObject("term").put("kiban.node", Whence.of(origin, ownNode).node());
    all.addObject().putObject("term").put("kiban.stream", origin.id().value());
    all.addObject().putObject("range").putObject("kiban.offset").put("lt", end.offset());
    return query.toString().getBytes(StandardCharsets.UTF_8);
  }

  private Item item(Origin origin, Whence whence, long offset, ObjectNode document) {
    Instant time = time(document, origin.born());
    document
        .putObject("kiban")
        .put("municipality", code.toString())
        .put("node", whence.node())
        .put("source", whence.source())
        .put("file", origin.name())
        .put("stream", origin.id().value())
        .put("offset", offset);
    String id = whence.node() + ':' + origin.id() + ':' + offset;
    ObjectNode action = JSON.createObjectNode();
    action.putObject("create").put("_index", prefix + DAY.format(time)).put("_id", id);
    return new Item(
        id, (action.toString() + '\n' + document + '\n').getBytes(StandardCharsets.UTF_8));
  }

  /** An event without a time belongs where its stream began: a repeat must find the same index. */
  private static Instant time(ObjectNode document, Instant born) {
    JsonNode time = document.get(TIME);
    if (time != null) {
      try {
        return Instant.parse(time.asText());
      } catch (DateTimeParseException e) {
        document.remove(TIME);
      }
    }
    document.put(TIME, born.toString());
    return born;
  }

  private static ObjectNode parsed(String line) {
    try {
      if (JSON.readTree(line) instanceof ObjectNode document) {
        return document;
      }
    } catch (JsonProcessingException e) {
      // It goes as it is: nothing is dropped.
      return JSON.createObjectNode().put("message", line).put("unparsed", "not JSON");
    }
    return JSON.createObjectNode().put("message", line).put("unparsed", "not an object");
  }

  private static String withoutReturn(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }
}
