package org.kiban.exchange.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.kiban.exchange.ExchangeMessage;
import org.kiban.exchange.declaration.Column;
import org.kiban.exchange.declaration.Column.Type;
import org.kiban.exchange.declaration.Declaration;

/**
 * Records whose columns have a fixed number of bytes of the output's charset: half-width text is
 * filled with spaces behind, full-width text with full-width spaces behind, integers with zeros in
 * front, other numbers with spaces in front.
 */
final class FixedSink extends RowSink {

  private final Column[] columns;
  private final byte[] wideSpace;
  private final char[] newline;

  FixedSink(Declaration declaration, OutputStream output) throws IOException {
    super(declaration, output);
    columns = declaration.columns().toArray(new Column[0]);
    newline = profile.newline().text().toCharArray();
    encoder.encode(new char[] {'\u3000'}, 0, 1);
    wideSpace = Arrays.copyOf(encoder.out, encoder.length);
    encoder.length = 0;
  }

  @Override
  void header(List<String> names) {
    // Fixed-length records have none; the declaration is refused otherwise.
  }

  @Override
  void put(Row row) {
    for (int i = 0; i < columns.length; i++) {
      int start = encoder.length;
      Row.Slice value = row.value(i);
      encode(row, i, value.chars, value.from, value.to);
      int size = encoder.length - start;
      if (size > columns[i].width()) {
        row.find(i, columns[i].name(), ExchangeMessage.CELL_TOO_WIDE, columns[i].width(), size);
      } else {
        pad(columns[i], start, size);
      }
    }
    encoder.encode(newline, 0, newline.length);
  }

  private void pad(Column column, int start, int size) {
    int missing = column.width() - size;
    encoder.room(missing);
    byte[] out = encoder.out;
    int end = start + size;
    Type type = column.type();
    if (type == Type.DECIMAL || type == Type.SIGNED || type == Type.INTEGER && size > 0) {
      System.arraycopy(out, start, out, start + missing, size);
      Arrays.fill(out, start, start + missing, (byte) (type == Type.INTEGER ? '0' : ' '));
    } else {
      Arrays.fill(out, end, end + missing, (byte) ' ');
      for (int i = 0; type == Type.N && i + wideSpace.length <= missing; i += wideSpace.length) {
        System.arraycopy(wideSpace, 0, out, end + i, wideSpace.length);
      }
    }
    encoder.length = start + column.width();
  }
}
