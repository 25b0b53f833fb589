package org.kiban.exchange.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.kiban.exchange.ExchangeMessage;

/** A row of a page. Its text stands as it came, quotation marks and delimiters included. */
final class Row {
  static final byte QUOTED = 1;
  static final byte ESCAPED = 2;

  private static final int MOST_FINDINGS = 50;

  /** Its page's characters. */
  char[] text = new char[0];

  /** Where the row begins in them. */
  int textStart;

  /** Its length without the newline. */
  int textLength;

  /** Its page's bytes. */
  byte[] raw = new byte[0];

  /** Where the row begins in them. */
  int rawStart;

  /** Where it ends, with the newline. */
  int rawEnd;

  int cells;

  /** Where cells begin and end, from the row's beginning. */
  int[] start;

  int[] end;
  byte[] flags;

  /** The {@link Characters} kinds that all chars of a cell have, or 0 if nobody looked. */
  byte[] kinds;

  /** Whether the row has a key, and its fingerprint. */
  boolean keyed;

  long key1;
  long key2;

  /** The flags that any cell has, and those that all have. */
  byte anyFlags;

  byte allFlags;

  /** From 1, without the header. */
  long number;

  /** From 1, as an editor counts. */
  long line;

  final List<Finding> findings = new ArrayList<>();

  private char[] scratch = new char[0];

  /**
   * @param width how many cells it is likely to have
   */
  Row(int width) {
    start = new int[width];
    end = new int[width];
    flags = new byte[width];
    kinds = new byte[width];
  }

  void begin(long firstLine) {
    keyed = false;
    cells = 0;
    anyFlags = 0;
    allFlags = (byte) 0xFF;
    line = firstLine;
    if (!findings.isEmpty()) {
      findings.clear();
    }
  }

  void add(int from, int to, int flag, int allKinds) {
    if (cells == start.length) {
      start = Arrays.copyOf(start, cells * 2 + 8);
      end = Arrays.copyOf(end, cells * 2 + 8);
      flags = Arrays.copyOf(flags, cells * 2 + 8);
      kinds = Arrays.copyOf(kinds, cells * 2 + 8);
    }
    start[cells] = from;
    end[cells] = to;
    kinds[cells] = (byte) allKinds;
    flags[cells++] = (byte) flag;
    anyFlags |= (byte) flag;
    allFlags &= (byte) flag;
  }

  /**
   * Notes what is wrong; after fifty, no more.
   *
   * @param column from 0, or -1 for the row
   */
  void find(int column, String name, ExchangeMessage message, Object... args) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(new Finding(column, name, message, args));
    }
  }

  /** A copy of its bytes, newline included. */
  byte[] bytes() {
    return Arrays.copyOfRange(raw, rawStart, rawEnd);
  }

  boolean isQuoted(int cell) {
    return (flags[cell] & QUOTED) != 0;
  }

  /** The cell's value with doubled quotation marks made single: read it before the next call. */
  Slice value(int cell) {
    slice.chars = text;
    slice.from = textStart + start[cell];
    slice.to = textStart + end[cell];
    if ((flags[cell] & ESCAPED) != 0) {
      unescape();
    }
    return slice;
  }

  private final Slice slice = new Slice();

  private void unescape() {
    if (scratch.length < slice.to - slice.from) {
      scratch = new char[slice.to - slice.from];
    }
    int n = 0;
    for (int i = slice.from; i < slice.to; i++) {
      scratch[n++] = text[i];
      if (text[i] == '"') {
        i++;
      }
    }
    slice.chars = scratch;
    slice.from = 0;
    slice.to = n;
  }

  /** A value that is not copied. */
  static final class Slice implements CharSequence {
    char[] chars;
    int from;
    int to;

    @Override
    public boolean isEmpty() {
      return from == to;
    }

    @Override
    public int length() {
      return to - from;
    }

    @Override
    public char charAt(int index) {
      return chars[from + index];
    }

    @Override
    public Slice subSequence(int start, int end) {
      Slice part = new Slice();
      part.chars = chars;
      part.from = from + start;
      part.to = from + end;
      return part;
    }

    @Override
    public String toString() {
      return new String(chars, from, to - from);
    }
  }
}
