package org.kiban.backup.repository;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.kiban.backup.chunk.Polynomial;

/**
 * The repository's settings, which never change.
 *
 * @param version of the format; 1 is read, 2 is written
 * @param id the repository's name among others
 * @param polynomial by which files are cut
 */
public record Config(int version, String id, long polynomial) {

  static Config parse(byte[] json) throws DamagedException {
    JsonNode root = Json.parse(json, "config");
    try {
      Config config =
          new Config(
              root.path("version").asInt(),
              root.path("id").asText(),
              Long.parseUnsignedLong(root.path("chunker_polynomial").asText(), 16));
      if (config.version >= 1
          && config.version <= 2
          && !(Long.numberOfLeadingZeros(config.polynomial) == 63 - Polynomial.DEGREE
              && Polynomial.isIrreducible(config.polynomial))) {
        throw new DamagedException("config", "its polynomial is not irreducible");
      }
      return config;
    } catch (NumberFormatException e) {
      throw new DamagedException("config", "no polynomial");
    }
  }

  byte[] json() {
    ObjectNode root = Json.object();
    root.put("version", version);
    root.put("id", id);
    root.put("chunker_polynomial", Long.toHexString(polynomial));
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }
}
