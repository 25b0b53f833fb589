package org.kiban.exchange.format;

import java.util.Arrays;

/**
 * Rows that were read, with the bytes and characters that they stand in. Of one thread at a time.
 */
final class Page {

  /** More rows than this are not worth the memory, however short they are. */
  static final int ROWS = 1024;

  byte[] bytes;
  char[] text;
  int count;
  boolean last;
  private final int width;
  private Row[] rows = new Row[64];

  /**
   * @param size bytes to begin with
   * @param width cells that a row is likely to have
   */
  Page(int size, int width) {
    this.bytes = new byte[size];
    this.text = new char[size];
    this.width = width;
  }

  Row row(int index) {
    return rows[index];
  }

  boolean isFull() {
    return count == ROWS;
  }

  /** The row after those that count, to be filled. */
  Row next() {
    if (count == rows.length) {
      rows = Arrays.copyOf(rows, 2 * count);
    }
    if (rows[count] == null) {
      rows[count] = new Row(width);
    }
    return rows[count];
  }

  /** Takes the row after those that count out of the page. */
  Row takeNext() {
    Row begun = next();
    rows[count] = null;
    return begun;
  }

  /** Begins with a row that another page, or this, began; no row counts yet. */
  void beginWith(Row begun) {
    count = 0;
    rows[0] = begun;
  }
}
