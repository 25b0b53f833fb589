package org.kiban.node.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The names of capabilities: those of the product plan, which a distribution may not carry yet, and
 * those of add-ons, which are known by their feature. Immutable.
 */
public final class Catalog {

  private static final String FEATURE_PREFIX = "kiban-";

  private final SortedMap<String, String> labels = new TreeMap<>();
  private final SortedSet<String> nodeParts = new TreeSet<>();

  /** Reads the list that the bundle carries. */
  public Catalog() {
    try (InputStream in = Catalog.class.getResourceAsStream("/org/kiban/node/capabilities.json")) {
      JsonNode list = JsonMapper.builder().build().readTree(in);
      list.get("capabilities")
          .properties()
          .forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
      list.get("node").forEach(e -> nodeParts.add(e.asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The feature that carries a capability. */
  public static String feature(String capability) {
    return FEATURE_PREFIX + capability;
  }

  /**
   * The capabilities among features: not the node's own parts, nor wrapped libraries.
   *
   * @param features names of features
   */
  public SortedSet<String> carried(Set<String> features) {
    SortedSet<String> carried = new TreeSet<>();
    for (String feature : features) {
      String name = feature.startsWith(FEATURE_PREFIX) ? feature.substring(6) : "";
      if (!name.isEmpty() && !nodeParts.contains(name) && !name.startsWith("platform-")) {
        carried.add(name);
      }
    }
    return carried;
  }

  /**
   * All names that a municipality may list.
   *
   * @param carried the capabilities that this node can install
   */
  public SortedSet<String> known(Set<String> carried) {
    SortedSet<String> known = new TreeSet<>(labels.keySet());
    known.addAll(carried);
    return known;
  }

  /** Whether a capability is one of the product's own; others are add-ons. */
  public boolean isOwn(String capability) {
    return labels.containsKey(capability);
  }

  /**
   * A capability's name for people.
   *
   * @param capability its name
   * @param locale the reader's
   */
  public String label(String capability, Locale locale) {
    String[] both = labels.getOrDefault(capability, capability).split(" / ", 2);
    return Locale.JAPANESE.getLanguage().equals(locale.getLanguage())
        ? both[0]
        : both[both.length - 1];
  }
}
