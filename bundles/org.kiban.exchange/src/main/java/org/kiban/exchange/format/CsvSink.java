package org.kiban.exchange.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.kiban.exchange.ExchangeMessage;
import org.kiban.exchange.declaration.Declaration;
import org.kiban.exchange.declaration.Profile;
import org.kiban.exchange.declaration.Profile.Quote;

/** CSV. A row that needs no change but that of its charset is encoded in one piece. */
final class CsvSink extends RowSink {

  private static final char[] DOUBLED = {'"', '"'};

  private final char[] newline;
  private final char delimiter;
  private final char[] nullText;
  private final boolean sameSyntax;
  private final boolean plainIsSafe;
  private final char[] nullIn;

  CsvSink(Declaration declaration, OutputStream output) throws IOException {
    super(declaration, output);
    Profile in = declaration.input();
    newline = profile.newline().text().toCharArray();
    delimiter = profile.delimiter();
    nullText = profile.nullText().toCharArray();
    nullIn = in.nullText().toCharArray();
    plainIsSafe =
        in.format() == Profile.Format.CSV
            && in.delimiter() == profile.delimiter()
            && in.quote() == Quote.ANY;
    sameSyntax = plainIsSafe && in.nullText().equals(profile.nullText());
  }

  @Override
  void header(List<String> names) throws IOException {
    Row row = new Row(names.size());
    row.begin(1);
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      row.add(text.length(), text.length() + name.length(), 0, 0);
      text.append(name);
    }
    row.text = text.toString().toCharArray();
    cells(row);
    encoder.encode(newline, 0, newline.length);
    if (!row.findings.isEmpty()) {
      throw new FileFault(
          ExchangeMessage.HEADER_NOT_IN_CHARSET,
          row.findings.get(0).reason(Locale.ROOT),
          row.findings.get(0).reason(Locale.JAPANESE));
    }
  }

  @Override
  void put(Row row) {
    int before = encoder.length;
    if (!(isAsItIs(row)
        && encoder.encode(row.text, row.textStart, row.textStart + row.textLength) < 0)) {
      encoder.length = before;
      cells(row);
    }
    encoder.encode(newline, 0, newline.length);
  }

  /** Whether the text, with its delimiters and quotation marks, is what is to be written. */
  private boolean isAsItIs(Row row) {
    return sameSyntax
        && switch (profile.quote()) {
          case PRESERVE -> true;
          case ALL -> row.allFlags != 0;
          case MINIMAL, NONE -> row.anyFlags == 0;
          default -> false;
        };
  }

  private void cells(Row row) {
    for (int i = 0; i < row.cells; i++) {
      if (i > 0) {
        encoder.ascii(delimiter);
      }
      cell(row, i);
    }
  }

  private void cell(Row row, int i) {
    boolean wasQuoted = row.isQuoted(i);
    Row.Slice value = row.value(i);
    if (!wasQuoted && isNull(value)) {
      if (nullText.length > 0 || profile.quote() != Quote.ALL) {
        encoder.encode(nullText, 0, nullText.length);
        return;
      }
      value.to = value.from;
    }
    // A cell that came without quotation marks, by the same grammar, does not need them.
    boolean needed = (wasQuoted || !plainIsSafe) && needsQuotes(value);
    boolean quoted =
        switch (profile.quote()) {
          case ALL -> true;
          case PRESERVE -> wasQuoted || needed;
          case NONE -> false;
          default -> needed || wasQuoted && isText(value, nullText);
        };
    if (!quoted) {
      if (needed) {
        row.find(i, null, ExchangeMessage.CELL_NEEDS_QUOTES);
      }
      encode(row, i, value.chars, value.from, value.to);
      return;
    }
    encoder.ascii('"');
    if (needed) {
      doubled(row, i, value);
    } else {
      encode(row, i, value.chars, value.from, value.to);
    }
    encoder.ascii('"');
  }

  private void doubled(Row row, int i, Row.Slice value) {
    int from = value.from;
    for (int k = from; k < value.to; k++) {
      if (value.chars[k] == '"') {
        encode(row, i, value.chars, from, k);
        encoder.encode(DOUBLED, 0, 2);
        from = k + 1;
      }
    }
    encode(row, i, value.chars, from, value.to);
  }

  private boolean isNull(Row.Slice value) {
    return value.isEmpty() || isText(value, nullIn);
  }

  /** Whether an unquoted value would be taken for an absent one. */
  private static boolean isText(Row.Slice value, char[] text) {
    return text.length > 0
        && Arrays.equals(value.chars, value.from, value.to, text, 0, text.length);
  }

  private boolean needsQuotes(Row.Slice value) {
    for (int k = value.from; k < value.to; k++) {
      char c = value.chars[k];
      if (c == delimiter || c == '"' || c == '\n' || c == '\r') {
        return true;
      }
    }
    return false;
  }
}
