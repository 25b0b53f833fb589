package org.kiban.logship.parse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kiban.logship.mask.Mask;

/**
 * Makes an object of JSON of each event. What cannot be taken apart is kept whole and says why.
 * Masked; never holds what was hidden. Not for several threads.
 */
final class Documents {

  private final Profile profile;
  private final Mask mask;
  private final ObjectMapper mapper = new ObjectMapper();

  Documents(Profile profile, Mask mask) {
    this.profile = profile;
    this.mask = mask;
  }

  /**
   * The document of one event.
   *
   * @param raw bytes of the source
   */
  byte[] document(byte[] raw, int from, int length) {
    ByteBuffer bytes = ByteBuffer.wrap(raw, from, length);
    String text;
    try {
      text = profile.charset().newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      return unparsed(new String(raw, from, length, profile.charset()), "charset");
    }
    try {
      return switch (profile.kind()) {
        case JSON -> json(text);
        case CSV -> csv(text);
        default -> message(text);
      };
    } catch (JsonProcessingException e) {
      return unparsed(text, "json");
    }
  }

  private byte[] message(String text) throws JsonProcessingException {
    ObjectNode document = mapper.createObjectNode();
    boolean timed = time(document, text);
    document.put("message", mask.apply(text));
    if (!timed) {
      document.put("unparsed", "time");
    }
    return mapper.writeValueAsBytes(document);
  }

  private byte[] json(String text) throws JsonProcessingException {
    // A line of nothing is read as nothing at all.
    if (!(mapper.readTree(text) instanceof ObjectNode fields)) {
      return unparsed(text, "json");
    }
    ObjectNode document = mapper.createObjectNode();
    boolean timed = time(document, fields.path(profile.timeField()).asText());
    JsonNode message = fields.path(profile.messageField());
    if (message.isTextual()) {
      document.put("message", mask.apply(message.textValue()));
      fields.remove(profile.messageField());
    }
    document.set("fields", masked(fields));
    if (!timed) {
      document.put("unparsed", "time");
    }
    return mapper.writeValueAsBytes(document);
  }

  private byte[] csv(String text) throws JsonProcessingException {
    List<String> cells = cells(text);
    if (cells.size() != profile.columns().size()) {
      return unparsed(text, "columns");
    }
    ObjectNode document = mapper.createObjectNode();
    int at = profile.columns().indexOf(profile.timeField());
    boolean timed = time(document, at < 0 ? "" : cells.get(at));
    document.put("message", mask.apply(text));
    ObjectNode fields = document.putObject("fields");
    for (int i = 0; i < cells.size(); i++) {
      fields.put(profile.columns().get(i), mask.apply(cells.get(i)));
    }
    if (!timed) {
      document.put("unparsed", "time");
    }
    return mapper.writeValueAsBytes(document);
  }

  /** Whether the time is known, or nobody asked for it. */
  private boolean time(ObjectNode document, String text) {
    Optional<Instant> time = profile.time().flatMap(t -> t.read(text));
    time.ifPresent(t -> document.put("@timestamp", t.toString()));
    return time.isPresent() || profile.time().isEmpty();
  }

  private byte[] unparsed(String text, String reason) {
    ObjectNode document = mapper.createObjectNode();
    document.put("message", mask.apply(text)).put("unparsed", reason);
    try {
      return mapper.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a decoded text has no halves of characters", e);
    }
  }

  /** A value as it may leave. A number that is hidden becomes a text. */
  private JsonNode masked(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode copy = mapper.createObjectNode();
      object.properties().forEach(e -> copy.set(mask.apply(e.getKey()), masked(e.getValue())));
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = mapper.createArrayNode();
      array.forEach(n -> copy.add(masked(n)));
      return copy;
    }
    String text = node.asText();
    String masked = node.isTextual() || node.isNumber() ? mask.apply(text) : text;
    return masked.equals(text) ? node : mapper.getNodeFactory().textNode(masked);
  }

  private List<String> cells(String text) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"' && (quoted || cell.isEmpty())) {
        quoted = !quoted;
      } else if (c == profile.separator() && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
