package org.kiban.exchange.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.kiban.exchange.ledger.Delivery;

/** The manifest that comes and goes with a file ({@code <file>.manifest.json}). */
final class Manifest {

  private static final JsonMapper JSON = new JsonMapper();

  private Manifest() {}

  /**
   * What a provider says of its file; null or -1 where it says nothing.
   *
   * @param line the interface
   * @param sequence the provider's sequence
   * @param rows data rows
   * @param bytes length
   * @param sha256 of the content, lower-case hexadecimal
   */
  record Claim(String line, String sequence, long rows, long bytes, String sha256) {}

  /** Reads an arriving manifest. */
  static Claim read(byte[] bytes) throws IOException {
    JsonNode root = JSON.readTree(bytes);
    if (root == null || !root.isObject()) {
      throw new IOException("not a JSON object");
    }
    return new Claim(
        text(root, "interface"),
        text(root, "sequence"),
        number(root, "rows"),
        number(root, "bytes"),
        text(root, "sha256"));
  }

  private static String text(JsonNode root, String field) throws IOException {
    JsonNode node = root.get(field);
    if (node == null || node.isNull()) {
      return null;
    }
    if (!node.isTextual() && !node.isIntegralNumber()) {
      throw new IOException("field " + field + " is not a text");
    }
    return node.asText();
  }

  private static long number(JsonNode root, String field) throws IOException {
    JsonNode node = root.get(field);
    if (node == null || node.isNull()) {
      return -1;
    }
    if (!node.isIntegralNumber() || node.longValue() < 0) {
      throw new IOException("field " + field + " is not a whole number");
    }
    return node.longValue();
  }

  /** Writes the manifest that goes with a delivery; the same bytes whenever it is made again. */
  static byte[] write(Delivery d, String profile) {
    ObjectNode root = JSON.createObjectNode();
    root.put("interface", d.source().line());
    root.put("delivery", d.id());
    if (d.sequence() != null) {
      root.put("sequence", d.sequence());
    }
    root.put("file", d.source().file());
    root.put("profile", profile);
    root.put("rows", d.result().rows() - d.result().rejected());
    root.put("bytes", d.result().bytes());
    root.put("sha256", d.result().sha());
    root.putObject("source")
        .put("rows", d.result().rows())
        .put("bytes", d.source().bytes())
        .put("sha256", d.source().sha());
    root.put("quarantined", d.result().rejected());
    root.put("replaced", d.result().replaced());
    root.put("accepted-at", Instant.EPOCH.plus(d.receivedAt(), ChronoUnit.MICROS).toString());
    try {
      return JSON.writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of simple values is always printable", e);
    }
  }
}
