package org.kiban.backup.repository;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** The small files of a repository as JSON. */
final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static JsonNode parse(byte[] json, String file) throws DamagedException {
    try {
      JsonNode node = MAPPER.readTree(json);
      if (node == null || !node.isContainerNode()) {
        throw new DamagedException(file, "is not JSON");
      }
      return node;
    } catch (DamagedException e) {
      throw e;
    } catch (IOException e) {
      throw new DamagedException(file, "is not JSON");
    }
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
