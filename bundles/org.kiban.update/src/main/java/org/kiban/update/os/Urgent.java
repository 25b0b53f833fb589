package org.kiban.update.os;

import java.util.List;

/**
 * Which sources bring security updates.
 *
 * @param patterns texts with {@code *} for anything, matched with {@code <label>:<version>/<suite>}
 */
public record Urgent(List<String> patterns) {

  /** Copies the list. */
  public Urgent {
    patterns = List.copyOf(patterns);
  }

  boolean covers(String origin) {
    return patterns.stream()
        .anyMatch(p -> origin.matches(("\\Q" + p + "\\E").replace("*", "\\E.*\\Q")));
  }
}
