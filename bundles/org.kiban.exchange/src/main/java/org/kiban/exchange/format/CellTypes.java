package org.kiban.exchange.format;

import java.time.YearMonth;
import org.kiban.core.code.CheckDigits;
import org.kiban.exchange.ExchangeMessage;
import org.kiban.exchange.declaration.Column;
import org.kiban.exchange.declaration.Column.Check;

/** What a cell of each type may hold. */
final class CellTypes {

  private CellTypes() {}

  /**
   * Checks a value that is not empty.
   *
   * @param all the kinds that every char of it has
   * @return what is wrong, or null
   */
  static ExchangeMessage check(Column column, Row.Slice value, int all) {
    return switch (column.type()) {
      case TEXT ->
          isText(column, value, all, Characters.PRINTED) ? null : ExchangeMessage.CELL_CONTROL;
      case X -> isText(column, value, all, Characters.HALF) ? null : ExchangeMessage.CELL_NOT_HALF;
      case N -> isText(column, value, all, Characters.FULL) ? null : ExchangeMessage.CELL_NOT_FULL;
      case INTEGER -> (all & Characters.DIGIT) != 0 ? null : ExchangeMessage.CELL_NOT_DIGITS;
      case DECIMAL -> number(value, false, column.scale());
      case SIGNED -> number(value, true, column.scale());
      case DATE -> isDate(value) ? null : ExchangeMessage.CELL_NOT_DATE;
      case TIME -> isTime(value) ? null : ExchangeMessage.CELL_NOT_TIME;
      case YEAR ->
          (all & Characters.DIGIT) != 0 && value.length() == 4
              ? null
              : ExchangeMessage.CELL_NOT_YEAR;
      case BLOB ->
          (all & Characters.BASE64) != 0 && value.length() % 4 == 0 && isPadded(value)
              ? null
              : ExchangeMessage.CELL_NOT_BASE64;
    };
  }

  private static boolean isText(Column column, Row.Slice value, int all, byte wanted) {
    if ((all & wanted) != 0) {
      return true;
    }
    for (int i = value.from; i < value.to; i++) {
      char c = value.chars[i];
      boolean newline = column.multiline() && (c == '\n' || c == '\r');
      boolean right = (Characters.KINDS[c] & wanted) != 0;
      if (!right && !newline && !(wanted == Characters.PRINTED && c == '\t')) {
        return false;
      }
    }
    return true;
  }

  private static ExchangeMessage number(Row.Slice value, boolean signed, int scale) {
    int i = value.from;
    if (signed && (value.chars[i] == '-' || value.chars[i] == '+')) {
      i++;
    }
    int point = -1;
    int first = i;
    for (; i < value.to; i++) {
      char c = value.chars[i];
      if (c == '.' && point < 0 && i > first && i + 1 < value.to) {
        point = i;
      } else if (c < '0' || c > '9') {
        return ExchangeMessage.CELL_NOT_NUMBER;
      }
    }
    if (first == value.to) {
      return ExchangeMessage.CELL_NOT_NUMBER;
    }
    return point >= 0 && value.to - point - 1 > scale ? ExchangeMessage.CELL_SCALE : null;
  }

  /** The digits of a number that is one. */
  static int digits(Row.Slice value) {
    int digits = 0;
    for (int i = value.from; i < value.to; i++) {
      char c = value.chars[i];
      if (c >= '0' && c <= '9') {
        digits++;
      }
    }
    return digits;
  }

  private static boolean isDate(Row.Slice value) {
    if (value.length() != 10
        || value.chars[value.from + 4] != '-'
        || value.chars[value.from + 7] != '-') {
      return false;
    }
    int year = digits(value, 0, 4);
    int month = digits(value, 5, 2);
    int day = digits(value, 8, 2);
    if (year < 0 || month < 1 || month > 12 || day < 1) {
      return false;
    }
    // Year 0000 stands in the open end only.
    return year == 0
        ? month == 1 && day == 1
        : day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth();
  }

  private static boolean isTime(Row.Slice value) {
    boolean shape =
        value.length() == 5 || value.length() == 8 && value.chars[value.from + 5] == ':';
    if (!shape || value.chars[value.from + 2] != ':') {
      return false;
    }
    return isBelow(digits(value, 0, 2), 24)
        && isBelow(digits(value, 3, 2), 60)
        && (value.length() == 5 || isBelow(digits(value, 6, 2), 60));
  }

  private static boolean isBelow(int number, int bound) {
    return number >= 0 && number < bound;
  }

  /** The number that some digits make, or a negative one. */
  private static int digits(Row.Slice value, int at, int count) {
    int number = 0;
    for (int i = 0; i < count; i++) {
      char c = value.chars[value.from + at + i];
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + c - '0';
    }
    return number;
  }

  private static boolean isPadded(Row.Slice value) {
    for (int i = value.from; i < value.to - 2; i++) {
      if (value.chars[i] == '=') {
        return false;
      }
    }
    return value.chars[value.to - 2] != '=' || value.chars[value.to - 1] == '=';
  }

  /**
   * Whether the check digit is right.
   *
   * @param all the kinds that every char of the value has
   */
  static boolean isChecked(Check check, Row.Slice value, int all) {
    int size = check.digits();
    if (value.length() != size || (all & Characters.DIGIT) == 0) {
      return false;
    }
    int last = value.charAt(size - 1) - '0';
    Row.Slice body = value.subSequence(0, size - 1);
    return switch (check) {
      case NONE -> true;
      case MUNICIPALITY -> CheckDigits.municipality(body) == last;
      case ADDRESSEE -> CheckDigits.addressee(body).orElse(0) == last;
      case ADDRESSEE_SKIP -> CheckDigits.addressee(body).orElse(-1) == last;
      case INDIVIDUAL -> CheckDigits.individual(body) == last;
      case CORPORATE -> CheckDigits.corporate(value.subSequence(1, size)) == value.charAt(0) - '0';
    };
  }
}
