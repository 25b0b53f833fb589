package org.kiban.backup.export;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of a delimited text as RFC 4180 has them, and a little beyond: any end of line, and quotes
 * within a cell that has none around it. Used by one thread.
 */
final class CsvReader {

  private static final int END = -1;
  private static final char MARK = '\uFEFF';

  private final PushbackReader in;
  private final char delimiter;
  private long line = 1;

  /** A byte order mark at the beginning is left out. */
  CsvReader(Reader in, char delimiter) throws IOException {
    this.in = new PushbackReader(in);
    this.delimiter = delimiter;
    int first = in.read();
    if (first != END && first != MARK) {
      this.in.unread(first);
    }
  }

  /**
   * The next row.
   *
   * @return null at the end; lines without any character are left out
   * @throws IOException if a quote is never closed: the rest would be one cell
   */
  List<String> next() throws IOException {
    int c = in.read();
    while (c == '\r' || c == '\n') {
      endLine(c);
      c = in.read();
    }
    if (c == END) {
      return null;
    }
    in.unread(c);
    List<String> row = new ArrayList<>();
    int stop;
    do {
      StringBuilder cell = new StringBuilder();
      stop = cell(cell);
      row.add(cell.toString());
    } while (stop == delimiter);
    endLine(stop);
    return row;
  }

  private void endLine(int c) throws IOException {
    line++;
    if (c == '\r') {
      int next = in.read();
      if (next != '\n' && next != END) {
        in.unread(next);
      }
    }
  }

  /** Reads a cell; returns what ended it. */
  private int cell(StringBuilder cell) throws IOException {
    int c = in.read();
    if (c == '"') {
      quoted(cell);
      c = in.read();
    }
    while (c != delimiter && c != '\r' && c != '\n' && c != END) {
      cell.append((char) c);
      c = in.read();
    }
    return c;
  }

  private void quoted(StringBuilder cell) throws IOException {
    long opened = line;
    for (int c = in.read(); ; c = in.read()) {
      if (c == END) {
        throw new IOException("line " + opened + ": a quote is not closed");
      }
      if (c == '"') {
        int next = in.read();
        if (next != '"') {
          if (next != END) {
            in.unread(next);
          }
          return;
        }
      }
      line += c == '\n' ? 1 : 0;
      cell.append((char) c);
    }
  }
}
