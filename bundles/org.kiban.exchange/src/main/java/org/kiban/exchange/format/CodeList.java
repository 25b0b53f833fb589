package org.kiban.exchange.format;

import java.util.Set;

/** The values that a column may hold. */
final class CodeList {

  private final Set<String> codes;
  private final boolean[] single = new boolean[128];

  CodeList(Set<String> codes) {
    this.codes = Set.copyOf(codes);
    for (String code : codes) {
      if (code.length() == 1 && code.charAt(0) < single.length) {
        single[code.charAt(0)] = true;
      }
    }
  }

  boolean isEmpty() {
    return codes.isEmpty();
  }

  /** Most codes are one ASCII character, which needs no String. */
  boolean contains(Row.Slice value) {
    return value.length() == 1 && value.charAt(0) < single.length
        ? single[value.charAt(0)]
        : codes.contains(value.toString());
  }
}
