package org.kiban.update.tuf;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.update.UpdateCode;

/**
 * Who signs a role, and how many of them must.
 *
 * @param role its name
 * @param keys those that count, by id
 * @param threshold how many different keys must have signed
 */
record Signers(String role, Map<String, TufKey> keys, long threshold) {

  /**
   * Reads a role.
   *
   * @param file that declares it
   * @param keys the declared keys
   * @param node the role's ids and threshold
   */
  static Signers parse(String file, String role, JsonNode keys, JsonNode node) {
    Map<String, TufKey> counted = new HashMap<>();
    Set<String> ids = new TreeSet<>();
    for (JsonNode id : node.path("keyids")) {
      if (!ids.add(id.asText())) {
        throw Metadata.wrong(file, "role " + role + " names a key twice");
      }
      TufKey.parse(keys.path(id.asText())).ifPresent(k -> counted.put(id.asText(), k));
    }
    return new Signers(role, counted, Metadata.positive(file, node, "threshold"));
  }

  /** The signers of a role in a root. */
  static Signers of(Metadata root, String role) {
    return parse(
        root.file(), role, root.signed().path("keys"), root.signed().path("roles").path(role));
  }

  /** Refuses what too few of them signed. A key counts once, under however many names. */
  void require(Metadata metadata) {
    byte[] canonical = metadata.canonical();
    Set<String> signed = new HashSet<>();
    for (Metadata.Sig sig : metadata.signatures()) {
      Optional.ofNullable(keys.get(sig.keyId()))
          .filter(k -> k.holds(canonical, sig.signature()))
          .ifPresent(k -> signed.add(k.hex()));
    }
    if (signed.size() < threshold) {
      throw new KibanException(
          Outcome.REFUSED,
          UpdateCode.TOO_FEW_SIGNED,
          metadata.file(),
          role,
          signed.size(),
          threshold);
    }
  }
}
