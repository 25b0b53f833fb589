package org.kiban.update.tuf;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.kiban.core.Digests;

/**
 * What a role of targets entrusts to another one.
 *
 * @param role the other one
 * @param signers who signs it, as far as this delegation goes
 * @param terminating whether nobody further down the list is asked about what it covers
 * @param paths patterns of names that it covers; {@code *} and {@code ?} stop at slashes
 * @param prefixes of the SHA-256 of names that it covers, where there are no patterns
 */
record Delegation(
    String role, Signers signers, boolean terminating, List<String> paths, List<String> prefixes) {

  /** Names that are files everywhere; a path, an option or a top role is none. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private static final List<String> TOP = List.of("root", "timestamp", "snapshot", "targets");
  private static final int MOST = 64;

  /** Reads what a role delegates, in the order that counts. */
  static List<Delegation> of(Metadata targets) {
    JsonNode node = targets.signed().path("delegations");
    List<Delegation> all = new ArrayList<>();
    for (JsonNode role : node.path("roles")) {
      if (all.size() == MOST) {
        throw Metadata.wrong(targets.file(), "delegates more than " + MOST + " roles");
      }
      all.add(parse(targets.file(), node.path("keys"), role));
    }
    return all;
  }

  private static Delegation parse(String file, JsonNode keys, JsonNode node) {
    String name = node.path("name").asText();
    if (!NAME.matcher(name).matches() || TOP.contains(name)) {
      throw Metadata.wrong(file, "delegations: no name for a role: " + brief(name));
    }
    if (node.path("paths").isArray() == node.path("path_hash_prefixes").isArray()) {
      throw Metadata.wrong(file, "delegation " + name + ": either paths or path_hash_prefixes");
    }
    return new Delegation(
        name,
        Signers.parse(file, name, keys, node),
        node.path("terminating").asBoolean(),
        texts(node.path("paths")),
        texts(node.path("path_hash_prefixes")));
  }

  private static String brief(String name) {
    return name.length() <= 40 ? name : name.substring(0, 40) + "…";
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(t -> texts.add(t.asText()));
    return List.copyOf(texts);
  }

  /** Whether it is entrusted with a target of this name. */
  boolean covers(String path) {
    if (paths.stream().anyMatch(p -> matches(p, path))) {
      return true;
    }
    String hash = Digests.sha256(path.getBytes(StandardCharsets.UTF_8));
    return prefixes.stream().anyMatch(p -> !p.isEmpty() && hash.startsWith(p));
  }

  private static boolean matches(String pattern, String path) {
    String[] wanted = pattern.split("/", -1);
    String[] found = path.split("/", -1);
    return wanted.length == found.length
        && IntStream.range(0, wanted.length).allMatch(i -> glob(wanted[i], found[i]));
  }

  /** Goes back to the last star only, so that no pattern takes long. */
  private static boolean glob(String pattern, String text) {
    int p = 0;
    int star = -1;
    int mark = 0;
    for (int t = 0; t < text.length(); ) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        mark = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++mark;
      } else {
        return false;
      }
    }
    return pattern.substring(p).chars().allMatch(c -> c == '*');
  }
}
