package org.kiban.update.tuf;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file that the signers of the repository vouch for.
 *
 * @param path its name in the repository
 * @param length in bytes
 * @param sha256 of its content, in lower case hexadecimal digits
 * @param custom what the signers say of it; an empty object if nothing
 * @param expires from when on they no longer vouch for it
 */
public record Target(String path, long length, String sha256, JsonNode custom, Instant expires) {

  /** Reads what a role of targets offers, by path. */
  static Map<String, Target> list(Metadata targets) {
    Map<String, Target> list = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : targets.signed().path("targets").properties()) {
      JsonNode node = field.getValue();
      String sha256 = node.path("hashes").path("sha256").asText();
      if (!sha256.matches("[0-9a-f]{64}")) {
        throw Metadata.wrong(targets.file(), field.getKey() + " has no sha256");
      }
      if (!node.path("length").canConvertToLong() || node.path("length").longValue() < 0) {
        throw Metadata.wrong(targets.file(), field.getKey() + " has no length");
      }
      list.put(
          field.getKey(),
          new Target(
              field.getKey(),
              node.path("length").longValue(),
              sha256,
              node.path("custom"),
              targets.expires()));
    }
    return list;
  }

  Target until(Instant end) {
    return new Target(path, length, sha256, custom, end);
  }
}
