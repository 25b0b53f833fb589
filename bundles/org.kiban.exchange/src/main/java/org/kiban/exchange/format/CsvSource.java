package org.kiban.exchange.format;

import java.io.IOException;
import java.io.InputStream;
import org.kiban.exchange.ExchangeMessage;
import org.kiban.exchange.declaration.Maximum;
import org.kiban.exchange.declaration.Profile;
import org.kiban.exchange.declaration.Profile.Newline;
import org.kiban.exchange.declaration.Profile.Quote;

/**
 * CSV by RFC 4180. After anything that the grammar does not allow, the row is marked and reading
 * goes on at the next newline, so that one bad row costs one row.
 */
final class CsvSource extends RowSource {

  private static final int END = -3;

  private final int[] cells;
  private final int[] outside;
  private final int[] inside;
  private final char delimiter;
  private final boolean quotes;
  private final boolean quick;
  private int cellStart;

  CsvSource(Profile profile, Maximum maximum, int width, InputStream input) throws IOException {
    super(profile, maximum, width, input);
    delimiter = profile.delimiter();
    quotes = profile.quote() != Quote.NONE;
    outside =
        quotes
            ? decoder.stopAt(delimiter, '"', '\r', '\n', '\0')
            : decoder.stopAt(delimiter, '\r', '\n', '\0');
    inside = decoder.stopAt('"', '\n', '\0');
    quick = decoder.isAsciiBased();
    cells = quick ? Decoder.splitAt(outside, delimiter) : outside;
  }

  @Override
  boolean next() throws IOException {
    int stop;
    do {
      cellStart = length();
      decoder.all = Characters.ANY;
      stop = take(cells);
      if (stop == END && length() == 0) {
        return false;
      }
      boolean opens = stop == '"' && length() - 1 == cellStart;
      stop = opens ? quoted(cellStart) : plain(cellStart, stop);
    } while (stop == delimiter);
    endRow(stop);
    return true;
  }

  /** Decodes up to the next stop, whatever it needs; marks the row for what is malformed. */
  private int take(int[] kinds) throws IOException {
    while (true) {
      int stop = decoder.run(kinds, ended());
      for (int i = 0; i < decoder.splits; i++) {
        int end = decoder.splitAt[i] - row.textStart;
        row.add(cellStart, end, 0, decoder.splitKinds[i]);
        cellStart = end + 1;
      }
      if (stop == Decoder.MALFORMED) {
        row.find(
            row.cells,
            null,
            ExchangeMessage.CELL_MALFORMED,
            profile.charset().javaName(),
            offset(decoder.pos));
      } else if (stop == '\0') {
        row.find(row.cells, null, ExchangeMessage.CELL_NUL);
      } else if (stop != Decoder.NEED) {
        return stop;
      } else if (!fill() && decoder.pos == decoder.limit) {
        return END;
      }
    }
  }

  private boolean isEndOfCell(int stop) {
    return stop == delimiter || stop == '\n' || stop == '\r' || stop == END;
  }

  private int beforeStop(int stop) {
    return stop == END ? length() : length() - 1;
  }

  private int plain(int start, int first) throws IOException {
    int stop = first;
    while (!isEndOfCell(stop)) {
      row.find(row.cells, null, ExchangeMessage.CELL_STRAY_QUOTE);
      stop = take(outside);
    }
    row.add(start, beforeStop(stop), 0, quick ? decoder.all : 0);
    return stop;
  }

  private int quoted(int start) throws IOException {
    int flags = Row.QUOTED;
    long opened = lines;
    boolean simple = quick;
    decoder.all = Characters.ANY;
    while (true) {
      int stop = take(inside);
      if (stop == '\n') {
        lines++;
        simple = false;
      } else if (stop == END) {
        throw new FileFault(
            ExchangeMessage.QUOTE_NOT_CLOSED, row.number, opened + 1, row.cells + 1);
      } else {
        int close = length() - 1;
        int kinds = simple ? decoder.all : 0;
        if (quick && decoder.pos < decoder.limit && decoder.in[decoder.pos] == delimiter) {
          decoder.pos++;
          decoder.out[decoder.length++] = delimiter;
          row.add(start + 1, close, flags, kinds);
          return delimiter;
        }
        stop = take(outside);
        if (isEndOfCell(stop) && beforeStop(stop) == close + 1) {
          row.add(start + 1, close, flags, kinds);
          return stop;
        }
        if (stop != '"' || length() != close + 2) {
          return afterQuote(start, stop);
        }
        flags |= Row.ESCAPED;
        simple = false;
      }
    }
  }

  private int afterQuote(int start, int first) throws IOException {
    int stop = first;
    row.find(row.cells, null, ExchangeMessage.CELL_STRAY_QUOTE);
    while (!isEndOfCell(stop)) {
      stop = take(outside);
    }
    row.add(start, beforeStop(stop), 0, 0);
    return stop;
  }

  private void endRow(int stop) throws IOException {
    row.textLength = beforeStop(stop);
    lines++;
    boolean crlf = false;
    if (stop == '\r') {
      int before = decoder.pos - rowStart;
      while (!decoder.skipLineFeed() && fill()) {
        continue;
      }
      crlf = decoder.pos - rowStart > before;
    }
    Newline wanted = profile.newline();
    boolean right =
        stop == END
            || wanted == Newline.ANY
            || wanted == Newline.LF && stop == '\n'
            || wanted == Newline.CRLF && crlf;
    checkLength();
    if (!right) {
      row.find(-1, null, ExchangeMessage.ROW_NEWLINE, wanted.name());
    }
  }
}
