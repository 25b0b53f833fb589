package org.kiban.partner;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.kiban.core.Environment;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.Partner;

/**
 * The text of {@code etc/partner/<code>.json}. Members that begin with {@code //} are comments and
 * survive changes, as does the order; the layout is always the same, so that a change shows as few
 * lines under version control. Used by one thread.
 */
public final class PartnerFile {

  private static final Set<String> TEXTS = Set.of("id", "name", "vendor", "environment", "zone");

  private final String name;
  private final ObjectNode root;

  /** What a file holds: the entries that are right, and what is wrong with the others. */
  record Content(Map<String, Partner> partners, List<KibanException> problems) {}

  private PartnerFile(String name, ObjectNode root) {
    this.name = name;
    this.root = root;
  }

  /**
   * Reads a file.
   *
   * @param name its name, for messages
   * @param content its bytes; none for a new file
   * @throws KibanException if it cannot be read as a whole
   */
  static PartnerFile parse(String name, byte[] content) {
    try {
      byte[] read =
          content.length == 0 ? "{\"partners\":[]}".getBytes(StandardCharsets.UTF_8) : content;
      if (mapper().readTree(read) instanceof ObjectNode root
          && root.get("partners") instanceof ArrayNode) {
        return new PartnerFile(name, root);
      }
      throw wrong(name, "\"partners\"");
    } catch (JsonProcessingException e) {
      throw wrong(
          name,
          e.getLocation() == null
              ? "JSON"
              : "line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr());
    } catch (IOException e) {
      throw wrong(name, "not UTF-8");
    }
  }

  private static KibanException wrong(String name, String where) {
    return new KibanException(Outcome.REFUSED, PartnerMessages.WRONG_FILE, name, where);
  }

  /** Returns its entries, with names of 業務ID filled in. */
  Content content(Map<String, String> businessIds) {
    Map<String, Partner> partners = new TreeMap<>();
    List<KibanException> problems = new ArrayList<>();
    for (JsonNode entry : root.get("partners")) {
      try {
        Partner partner = partner(entry, businessIds);
        if (partners.putIfAbsent(partner.id(), partner) != null) {
          throw new KibanException(Outcome.REFUSED, PartnerMessages.DUPLICATE, name, partner.id());
        }
      } catch (KibanException e) {
        problems.add(e);
      }
    }
    return new Content(partners, problems);
  }

  private Partner partner(JsonNode entry, Map<String, String> businessIds) {
    String id = entry.path("id").asText("?");
    TreeMap<String, String> endpoints = new TreeMap<>();
    for (Map.Entry<String, JsonNode> member : entry.properties()) {
      String key = member.getKey();
      boolean right =
          key.startsWith("//")
              || TEXTS.contains(key) && member.getValue().isTextual()
              || key.equals("endpoints") && readEndpoints(member.getValue(), endpoints);
      if (!right) {
        throw new KibanException(Outcome.REFUSED, PartnerMessages.WRONG_ENTRY, name, id, key);
      }
    }
    for (String required : List.of("id", "environment")) {
      if (!entry.has(required)) {
        throw new KibanException(Outcome.REFUSED, PartnerMessages.WRONG_ENTRY, name, id, required);
      }
    }
    String shown = entry.path("name").asText("");
    return new Partner(
        id,
        shown.isEmpty() ? businessIds.getOrDefault(id, "") : shown,
        entry.path("vendor").asText(""),
        environment(entry.get("environment").asText()),
        entry.path("zone").asText(""),
        endpoints);
  }

  private static boolean readEndpoints(JsonNode node, Map<String, String> into) {
    boolean right = node.isObject();
    for (Map.Entry<String, JsonNode> endpoint : node.properties()) {
      right &= endpoint.getValue().isTextual();
      if (!endpoint.getKey().startsWith("//")) {
        into.put(endpoint.getKey(), endpoint.getValue().asText());
      }
    }
    return right;
  }

  /**
   * Reads an environment.
   *
   * @throws KibanException if it is neither
   */
  public static Environment environment(String text) {
    return switch (text) {
      case "production" -> Environment.PRODUCTION;
      case "verification" -> Environment.VERIFICATION;
      default -> throw new KibanException(Outcome.USAGE, PartnerMessages.WRONG_ENVIRONMENT, text);
    };
  }

  /** Adds an entry at the end. */
  void add(Partner partner) {
    ObjectNode entry = ((ArrayNode) root.get("partners")).addObject();
    entry.put("id", partner.id());
    entry.put("name", partner.name());
    entry.put("vendor", partner.vendor());
    entry.put("environment", partner.environment().name().toLowerCase(Locale.ROOT));
    entry.put("zone", partner.zone());
    ObjectNode endpoints = entry.putObject("endpoints");
    partner.endpoints().forEach(endpoints::put);
  }

  /** Removes every entry with an id. */
  void remove(String id) {
    ArrayNode partners = (ArrayNode) root.get("partners");
    for (int i = partners.size() - 1; i >= 0; i--) {
      if (partners.get(i).path("id").asText().equals(id)) {
        partners.remove(i);
      }
    }
  }

  /** The text, as it is written. */
  byte[] toBytes() {
    try {
      byte[] json = mapper().writeValueAsBytes(root);
      byte[] line = java.util.Arrays.copyOf(json, json.length + 1);
      line[json.length] = '\n';
      return line;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that was read can be written", e);
    }
  }

  private static JsonMapper mapper() {
    return JsonMapper.builder()
        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build();
  }
}
