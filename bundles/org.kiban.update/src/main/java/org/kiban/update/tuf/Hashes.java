package org.kiban.update.tuf;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hashes that a file must have, all of them.
 *
 * @param wanted by the name of the algorithm, in lower case hexadecimal digits
 */
record Hashes(Map<String, String> wanted) {

  private static final Map<String, String> KNOWN = Map.of("sha256", "SHA-256", "sha512", "SHA-512");

  /** Reads the field {@code hashes}; without it nothing is demanded. */
  static Hashes parse(String file, JsonNode node) {
    Map<String, String> wanted = new TreeMap<>();
    node.path("hashes").properties().forEach(f -> wanted.put(f.getKey(), f.getValue().asText()));
    wanted.keySet().retainAll(KNOWN.keySet());
    if (node.has("hashes") && wanted.isEmpty()) {
      throw Metadata.wrong(file, "hashes: neither sha256 nor sha512");
    }
    return new Hashes(wanted);
  }

  /** What computes them, piece by piece. */
  Check check() {
    return new Check(wanted);
  }

  boolean matches(byte[] content) {
    Check check = check();
    check.update(content, content.length);
    return check.matches();
  }

  /** Used by one thread, once. */
  static final class Check {
    private final List<MessageDigest> digests = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();

    private Check(Map<String, String> wanted) {
      wanted.forEach(
          (algorithm, hex) -> {
            try {
              digests.add(MessageDigest.getInstance(KNOWN.get(algorithm)));
              expected.add(hex);
            } catch (GeneralSecurityException e) {
              throw new IllegalStateException("every JDK has " + algorithm, e);
            }
          });
    }

    void update(byte[] content, int length) {
      digests.forEach(d -> d.update(content, 0, length));
    }

    boolean matches() {
      List<String> found = digests.stream().map(d -> HexFormat.of().formatHex(d.digest())).toList();
      return found.equals(expected);
    }
  }
}
