package org.kiban.logship.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Entries out of {@code journalctl --output=json}. For one thread. */
final class JournalEntries {

  /**
   * One entry.
   *
   * @param line an object of JSON with its line feed
   * @param cursor where it stands in the journal
   */
  record Entry(byte[] line, String cursor) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CURSOR = "__CURSOR";
  private static final List<String> INNER =
      List.of(CURSOR, "__MONOTONIC_TIMESTAMP", "__SEQNUM", "__SEQNUM_ID");

  /** A longer entry, such as one with a dump in it, is cut to its message. */
  private static final int MOST_BYTES = 4 << 20;

  private static final int MOST_MESSAGE = 64 << 10;

  /** As the program writes it: bytes that are no text take up to four characters each. */
  private static final int LONGEST = 64 << 20;

  private final InputStream in;
  private String said = "";

  /**
   * @param in buffered
   */
  JournalEntries(InputStream in) {
    this.in = in;
  }

  /** Whether something can be read at once. */
  boolean isThereMore() throws IOException {
    return in.available() > 0;
  }

  /** What the program said besides entries, last. */
  String said() {
    return said;
  }

  /**
   * The next entry; null at the end.
   *
   * @throws IOException if it cannot be read, or is too large to be held
   */
  Entry next() throws IOException {
    byte[] line = line();
    while (line != null && (line.length == 0 || line[0] != '{')) {
      said = new String(line, StandardCharsets.UTF_8);
      line = line();
    }
    return line == null ? null : entry(line);
  }

  private static Entry entry(byte[] line) throws IOException {
    try {
      ObjectNode entry = (ObjectNode) JSON.readTree(line);
      String cursor = entry.path(CURSOR).asText();
      entry.remove(INNER);
      entry.properties().forEach(field -> field.setValue(text(field.getValue())));
      byte[] bytes = JSON.writeValueAsBytes(entry);
      if (bytes.length > MOST_BYTES / 2) {
        String message = entry.path("MESSAGE").asText();
        entry.retain("__REALTIME_TIMESTAMP", "_SYSTEMD_UNIT", "_HOSTNAME", "PRIORITY");
        entry.put("MESSAGE", message.substring(0, Math.min(MOST_MESSAGE, message.length())));
        entry.put("KIBAN_CUT", bytes.length);
        bytes = JSON.writeValueAsBytes(entry);
      }
      byte[] ended = java.util.Arrays.copyOf(bytes, bytes.length + 1);
      ended[bytes.length] = '\n';
      return new Entry(ended, cursor);
    } catch (JsonProcessingException e) {
      throw new IOException("journalctl wrote what is no entry", e);
    }
  }

  /** A value that is not text comes as its bytes: as text it can be searched, and masked. */
  private static JsonNode text(JsonNode value) {
    if (!(value instanceof ArrayNode array) || array.isEmpty()) {
      return value;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (JsonNode one : array) {
      if (!one.isInt()) {
        ArrayNode texts = JSON.createArrayNode();
        array.forEach(element -> texts.add(text(element)));
        return texts;
      }
      bytes.write(one.intValue());
    }
    return JSON.getNodeFactory().textNode(bytes.toString(StandardCharsets.UTF_8));
  }

  private byte[] line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    while (next >= 0 && next != '\n') {
      if (line.size() == LONGEST) {
        throw new IOException("an entry of the journal of more than " + LONGEST + " bytes");
      }
      line.write(next);
      next = in.read();
    }
    return next < 0 ? null : line.toByteArray();
  }
}
