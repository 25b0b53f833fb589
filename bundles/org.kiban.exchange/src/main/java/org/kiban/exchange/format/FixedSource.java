package org.kiban.exchange.format;

import java.io.IOException;
import java.io.InputStream;
import org.kiban.exchange.ExchangeMessage;
import org.kiban.exchange.declaration.Column;
import org.kiban.exchange.declaration.Column.Type;
import org.kiban.exchange.declaration.Declaration;
import org.kiban.exchange.declaration.Profile.Newline;

/**
 * Records whose columns have a fixed number of bytes of the file's charset. Padding is taken off:
 * spaces of both widths behind text, spaces on both sides of all else; zeros stay.
 */
final class FixedSource extends RowSource {

  private final Column[] columns;
  private final int[] none;
  private final int[] newline;
  private final int length;

  FixedSource(Declaration declaration, InputStream input) throws IOException {
    super(declaration.input(), declaration.maximum(), declaration.columns().size(), input);
    columns = declaration.columns().toArray(new Column[0]);
    none = decoder.stopAt('\0');
    newline = decoder.stopAt('\n');
    length = declaration.columns().stream().mapToInt(Column::width).sum();
  }

  @Override
  boolean next() throws IOException {
    lines++;
    while (decoder.limit - decoder.pos < length + 2) {
      if (!fill()) {
        break;
      }
    }
    int there = decoder.limit - decoder.pos;
    if (there == 0) {
      return false;
    }
    int end = profile.newline() == Newline.NONE ? withoutNewline(there) : withNewline();
    if (end >= 0) {
      cells();
      decoder.pos = end;
    }
    row.textLength = length();
    return true;
  }

  private int withoutNewline(int there) {
    if (there < length) {
      throw new FileFault(ExchangeMessage.RECORD_TORN, row.number, length, there);
    }
    return decoder.pos + length;
  }

  /** Returns where the row ends, or -1 if it has another length and was passed over. */
  private int withNewline() throws IOException {
    int p = decoder.pos + length;
    byte[] in = decoder.in;
    Newline wanted = profile.newline();
    if (p == decoder.limit) {
      return p;
    }
    if (p < decoder.limit && wanted != Newline.CRLF && in[p] == '\n') {
      return isOneLine(p) ? p + 1 : passOver();
    }
    if (p + 1 < decoder.limit && wanted != Newline.LF && in[p] == '\r' && in[p + 1] == '\n') {
      return isOneLine(p) ? p + 2 : passOver();
    }
    return passOver();
  }

  private boolean isOneLine(int end) {
    for (int i = decoder.pos; i < end; i++) {
      if (decoder.in[i] == '\n') {
        return false;
      }
    }
    return true;
  }

  private int passOver() throws IOException {
    int stop;
    do {
      stop = decoder.run(newline, ended());
      decoder.length = row.textStart;
    } while (stop == Decoder.MALFORMED
        || stop == Decoder.NEED && (fill() || decoder.pos < decoder.limit));
    checkLength();
    row.find(-1, null, ExchangeMessage.RECORD_LENGTH, length);
    return -1;
  }

  private void cells() {
    int limit = decoder.limit;
    for (int i = 0; i < columns.length; i++) {
      int start = length();
      int end = decoder.pos + columns[i].width();
      decoder.limit = end;
      int stop;
      while ((stop = decoder.run(none, true)) != Decoder.NEED) {
        row.find(
            i,
            columns[i].name(),
            stop == Decoder.MALFORMED ? ExchangeMessage.CELL_MALFORMED : ExchangeMessage.CELL_NUL,
            profile.charset().javaName(),
            offset(decoder.pos) + limit - end);
      }
      decoder.limit = limit;
      trim(columns[i].type(), start);
    }
  }

  private void trim(Type type, int from) {
    int start = from;
    int end = length();
    int base = row.textStart;
    while (end > start
        && (decoder.out[base + end - 1] == ' ' || decoder.out[base + end - 1] == '\u3000')) {
      end--;
    }
    boolean text = type == Type.X || type == Type.N || type == Type.TEXT;
    while (!text && start < end && decoder.out[base + start] == ' ') {
      start++;
    }
    row.add(start, end, 0, 0);
  }
}
