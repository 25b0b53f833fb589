package org.kiban.exchange.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.kiban.exchange.ExchangeMessage;
import org.kiban.exchange.declaration.Declaration;
import org.kiban.exchange.declaration.Rule;

/** The rules between columns of a row: E0004. */
final class RowRules {

  private final Validator validator;
  private final List<Check> checks = new ArrayList<>();

  RowRules(Declaration declaration, Validator validator) {
    this.validator = validator;
    for (Rule rule : declaration.rules()) {
      checks.add(check(declaration, rule));
    }
  }

  /** A rule with the positions of its columns. */
  private record Check(
      ExchangeMessage message,
      int column,
      String columnName,
      int other,
      String otherName,
      Set<String> values) {}

  private static Check check(Declaration declaration, Rule rule) {
    if (rule instanceof Rule.Require require) {
      return check(declaration, ExchangeMessage.RULE_REQUIRE, require.column(), require.when());
    }
    if (rule instanceof Rule.Forbid forbid) {
      return check(declaration, ExchangeMessage.RULE_FORBID, forbid.column(), forbid.when());
    }
    Rule.NotAfter order = (Rule.NotAfter) rule;
    return check(
        declaration,
        ExchangeMessage.RULE_NOT_AFTER,
        order.column(),
        new Rule.Condition(order.other(), Set.of()));
  }

  private static Check check(
      Declaration declaration, ExchangeMessage message, String column, Rule.Condition other) {
    return new Check(
        message,
        declaration.indexOf(column),
        column,
        declaration.indexOf(other.column()),
        other.column(),
        other.values());
  }

  void check(Row row) {
    for (Check check : checks) {
      if (isBroken(row, check)) {
        row.find(check.column(), check.columnName(), check.message(), check.otherName());
      }
    }
  }

  private boolean isBroken(Row row, Check check) {
    if (isNull(row, check.other())) {
      return false;
    }
    String other = row.value(check.other()).toString();
    if (!check.values().isEmpty() && !check.values().contains(other)) {
      return false;
    }
    boolean isNull = isNull(row, check.column());
    return switch (check.message()) {
      case RULE_REQUIRE -> isNull;
      case RULE_FORBID -> !isNull;
      // Dates, times and years are written so that their order is that of their characters.
      default -> !isNull && row.value(check.column()).toString().compareTo(other) > 0;
    };
  }

  private boolean isNull(Row row, int cell) {
    return validator.isNull(row, cell, row.value(cell));
  }
}
