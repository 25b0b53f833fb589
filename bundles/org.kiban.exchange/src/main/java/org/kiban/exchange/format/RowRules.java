package org.kiban.exchange.format;

import java.util.List;
import org.kiban.exchange.ExchangeMessage;
import org.kiban.exchange.declaration.Declaration;
import org.kiban.exchange.declaration.Rule;
import org.kiban.exchange.declaration.Rule.Condition;

/** The rules between columns of a row: E0004. */
final class RowRules {

  private final Declaration declaration;
  private final Validator validator;
  private final List<Rule> rules;

  RowRules(Declaration declaration, Validator validator) {
    this.declaration = declaration;
    this.validator = validator;
    this.rules = declaration.rules();
  }

  void check(Row row) {
    for (Rule rule : rules) {
      if (rule instanceof Rule.Require require) {
        if (holds(row, require.when()) && isNull(row, require.column())) {
          find(row, require.column(), ExchangeMessage.RULE_REQUIRE, require.when().column());
        }
      } else if (rule instanceof Rule.Forbid forbid) {
        if (holds(row, forbid.when()) && !isNull(row, forbid.column())) {
          find(row, forbid.column(), ExchangeMessage.RULE_FORBID, forbid.when().column());
        }
      } else if (rule instanceof Rule.NotAfter order) {
        if (isAfter(row, order)) {
          find(row, order.column(), ExchangeMessage.RULE_NOT_AFTER, order.other());
        }
      }
    }
  }

  private void find(Row row, String column, ExchangeMessage message, String other) {
    row.find(declaration.indexOf(column), column, message, other);
  }

  private boolean isNull(Row row, String column) {
    int i = declaration.indexOf(column);
    return validator.isNull(row, i, row.value(i));
  }

  private boolean holds(Row row, Condition condition) {
    if (isNull(row, condition.column())) {
      return false;
    }
    return condition.values().isEmpty()
        || condition
            .values()
            .contains(row.value(declaration.indexOf(condition.column())).toString());
  }

  /** Dates, times and years are written so that their order is that of their characters. */
  private boolean isAfter(Row row, Rule.NotAfter rule) {
    if (isNull(row, rule.column()) || isNull(row, rule.other())) {
      return false;
    }
    String first = row.value(declaration.indexOf(rule.column())).toString();
    String second = row.value(declaration.indexOf(rule.other())).toString();
    return first.compareTo(second) > 0;
  }
}
