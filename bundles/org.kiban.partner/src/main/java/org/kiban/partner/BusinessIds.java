package org.kiban.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/** Reads the list of 業務ID, which is data: a municipality adds its own. */
final class BusinessIds {

  private BusinessIds() {}

  static Map<String, String> parse(String file, byte[] content) {
    Map<String, String> names = new TreeMap<>();
    try {
      JsonNode root = JsonMapper.builder().build().readTree(content);
      for (Map.Entry<String, JsonNode> entry : root.properties()) {
        if (entry.getKey().matches("[0-9]{3}") && entry.getValue().isTextual()) {
          names.put(entry.getKey(), entry.getValue().asText());
        } else if (!entry.getKey().startsWith("//")) {
          throw new KibanException(
              Outcome.REFUSED, PartnerMessages.WRONG_FILE, file, entry.getKey());
        }
      }
      return names;
    } catch (IOException e) {
      throw new KibanException(e, Outcome.REFUSED, PartnerMessages.WRONG_FILE, file, "JSON");
    }
  }
}
