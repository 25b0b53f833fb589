package org.kiban.route.check;

import java.util.List;
import java.util.stream.Stream;

/**
 * One element of a route file, in YAML or XML alike.
 *
 * @param name its name in camel case; empty for an entry of a list
 * @param text what stands in it, if that is a text; else empty
 * @param line where it begins, from 1
 * @param children in order, attributes of XML first
 */
record Element(String name, String text, int line, List<Element> children) {

  /** Names below which keys are the integrator's own, not the language's. */
  private static final List<String> FREE = List.of("parameters", "properties", "constants");

  /** This element and everything in it. */
  Stream<Element> all() {
    return FREE.contains(name)
        ? Stream.of(this)
        : Stream.concat(Stream.of(this), children.stream().flatMap(Element::all));
  }

  /** The text of a child, or an empty one. */
  String child(String wanted) {
    return children.stream()
        .filter(c -> c.name.equals(wanted))
        .map(Element::text)
        .findFirst()
        .orElse("");
  }

  /** From the kebab case that YAML may use. */
  static String camelCase(String name) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '-' && i + 1 < name.length()) {
        i++;
        result.append(Character.toUpperCase(name.charAt(i)));
      } else {
        result.append(c);
      }
    }
    return result.toString();
  }
}
