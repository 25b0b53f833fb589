package org.kiban.exchange.declaration;

import java.util.Set;

/** A rule between columns of one row; breaking it is E0004. */
public sealed interface Rule {

  /**
   * Where the condition holds, the column may not be empty.
   *
   * @param when the condition
   * @param column the column
   */
  record Require(Condition when, String column) implements Rule {}

  /**
   * Where the condition holds, the column must be empty.
   *
   * @param when the condition
   * @param column the column
   */
  record Forbid(Condition when, String column) implements Rule {}

  /**
   * A date, time or year is not after another, where both are there.
   *
   * @param column the earlier
   * @param other the later
   */
  record NotAfter(String column, String other) implements Rule {}

  /**
   * Holds where the column has one of the values.
   *
   * @param column the column
   * @param values the values; empty for any value at all
   */
  record Condition(String column, Set<String> values) {

    /** Copies the values. */
    public Condition {
      values = Set.copyOf(values);
    }
  }
}
