package org.kiban.exchange.format;

import java.io.IOException;
import org.kiban.exchange.ExchangeMessage;
import org.kiban.exchange.declaration.Column;
import org.kiban.exchange.declaration.Column.Type;
import org.kiban.exchange.declaration.Declaration;
import org.kiban.exchange.declaration.Profile.Format;

/**
 * Looks at the cells of a row and notes all that is wrong. One per conversion; {@link #unique} may
 * be called by another thread than the rest.
 */
final class Validator {

  private final Column[] columns;
  private final CodeList[] codes;
  private final String nullText;
  private final RowRules rules;
  private final int[] key;
  private final KeySet keys;

  Validator(Declaration declaration) {
    this(declaration, new KeySet());
  }

  /** With a set of its own for the keys. */
  Validator(Declaration declaration, KeySet keys) {
    this.keys = keys;
    columns = declaration.columns().toArray(new Column[0]);
    codes = new CodeList[columns.length];
    for (int i = 0; i < columns.length; i++) {
      codes[i] = new CodeList(columns[i].codes().keySet());
    }
    nullText = declaration.input().format() == Format.CSV ? declaration.input().nullText() : "";
    rules = new RowRules(declaration, this);
    key = declaration.key().stream().mapToInt(declaration::indexOf).toArray();
  }

  /**
   * Checks a row that has as many cells as there are columns, or any row where there are none. Its
   * key is not held against others yet.
   *
   * @param row gets the findings
   */
  void check(Row row) {
    for (int i = 0; i < columns.length; i++) {
      Row.Slice value = row.value(i);
      if (!isNull(row, i, value)) {
        value(row, i, value);
      } else if (columns[i].required()) {
        row.find(i, columns[i].name(), ExchangeMessage.CELL_MISSING);
      }
    }
    if (columns.length > 0) {
      rules.check(row);
    }
    if (key.length > 0) {
      keys.fingerprint(row, key);
    }
  }

  /**
   * Holds the keys of rows that were checked against each other and all before.
   *
   * @param page its rows get their findings
   * @param from the first row
   * @param to after the last row
   * @throws IOException if there is no room for so many keys
   */
  void unique(Page page, int from, int to) throws IOException {
    if (key.length == 0) {
      return;
    }
    try {
      for (int i = from; i < to; i++) {
        keys.touch(page.row(i));
      }
      for (int i = from; i < to; i++) {
        Row row = page.row(i);
        if (row.keyed && !keys.add(row)) {
          row.find(key[0], columns[key[0]].name(), ExchangeMessage.ROW_KEY_TWICE);
        }
      }
    } catch (InternalError e) {
      // What a mapped file says when its disk is full, whether it is read or written.
      throw new IOException("no room for the keys of a large file", e);
    }
  }

  /**
   * Tells how many rows are likely to come in all, so that there is room for their keys at once.
   */
  void expect(long rows) {
    keys.expect(rows);
  }

  /** Whether a cell is absent. */
  boolean isNull(Row row, int cell, Row.Slice value) {
    if (value.isEmpty()) {
      return true;
    }
    return value.length() == nullText.length()
        && !row.isQuoted(cell)
        && nullText.contentEquals(value);
  }

  private void value(Row row, int i, Row.Slice value) {
    Column column = columns[i];
    int told = row.kinds[i];
    int all = told != 0 ? told : Characters.all(value.chars, value.from, value.to);
    int length =
        (all & Characters.ORDINARY) != 0
            ? value.length()
            : Characters.count(value.chars, value.from, value.to);
    ExchangeMessage wrong = CellTypes.check(column, value, all);
    if (wrong != null) {
      row.find(i, column.name(), wrong);
      return;
    }
    if (column.type() == Type.DECIMAL || column.type() == Type.SIGNED) {
      length = CellTypes.digits(value);
    }
    if (column.length() > 0 && length > column.length()) {
      row.find(i, column.name(), ExchangeMessage.CELL_TOO_LONG, column.length(), length);
    } else if (length < column.minLength()) {
      row.find(i, column.name(), ExchangeMessage.CELL_TOO_SHORT, column.minLength(), length);
    }
    if (!codes[i].isEmpty() && !codes[i].contains(value)) {
      row.find(i, column.name(), ExchangeMessage.CELL_CODE);
    }
    if (column.check() != Column.Check.NONE && !CellTypes.isChecked(column.check(), value, all)) {
      row.find(i, column.name(), ExchangeMessage.CELL_CHECK_DIGIT);
    }
  }
}
