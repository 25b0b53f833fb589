package org.kiban.exchange.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.kiban.exchange.ExchangeMessage;
import org.kiban.exchange.declaration.Declaration;
import org.kiban.exchange.declaration.Encoding;
import org.kiban.exchange.declaration.Profile;

/** Writes rows; a row that the output cannot hold leaves no byte behind. */
abstract class RowSink {

  private static final int FLUSH_AT = 1 << 16;

  final Declaration declaration;
  final Profile profile;
  final Encoder encoder;
  private final Map<String, String> replacements;
  private final OutputStream output;
  private long bytesWritten;
  private long replaced;

  /** Characters replaced in the row in hand. */
  private int replacedInRow;

  RowSink(Declaration declaration, OutputStream output) throws IOException {
    this.declaration = declaration;
    this.profile = declaration.output();
    this.replacements = declaration.replacements();
    this.output = output;
    this.encoder = encoder(profile.charset());
    if (profile.bom() == Profile.Bom.WRITE || profile.charset() == Encoding.UTF_16) {
      output.write(encoder.mark());
      bytesWritten = encoder.mark().length;
    }
  }

  private static Encoder encoder(Encoding charset) {
    return switch (charset) {
      case UTF_8 -> new Encoder.Utf8();
      case UTF_16, UTF_16BE -> new Encoder.Utf16(true);
      case UTF_16LE -> new Encoder.Utf16(false);
      case ISO_2022_JP -> new Iso2022Encoder();
      default -> new Encoder.Table(JapaneseTable.of(charset));
    };
  }

  /**
   * Writes the header, if the output has one.
   *
   * @param names in the order of the columns
   */
  abstract void header(List<String> names) throws IOException;

  /**
   * Writes a row, or adds to its findings why it cannot be written.
   *
   * @return whether it was written
   */
  final boolean write(Row row) throws IOException {
    int before = encoder.length;
    replacedInRow = 0;
    put(row);
    if (!row.findings.isEmpty()) {
      encoder.length = before;
      return false;
    }
    replaced += replacedInRow;
    flushIf(FLUSH_AT);
    return true;
  }

  /** Encodes a row with its newline. */
  abstract void put(Row row);

  /**
   * Encodes the characters of a cell; where the charset cannot hold one, the interface's
   * replacement or a finding.
   */
  final void encode(Row row, int cell, char[] chars, int from, int to) {
    int before = encoder.length;
    if (encoder.encode(chars, from, to) < 0) {
      return;
    }
    encoder.length = before;
    for (int i = from; i < to; ) {
      int next = Characters.endOfUnit(chars, i, to);
      before = encoder.length;
      if (encoder.encode(chars, i, next) >= 0) {
        encoder.length = before;
        replace(row, cell, chars, i, next);
      }
      i = next;
    }
  }

  private void replace(Row row, int cell, char[] chars, int from, int to) {
    String unit = new String(chars, from, to - from);
    String replacement = replacements.get(unit);
    if (replacement == null) {
      row.find(
          cell,
          null,
          ExchangeMessage.CELL_NOT_IN_CHARSET,
          Characters.codePoints(unit),
          profile.charset().javaName());
    } else {
      char[] text = replacement.toCharArray();
      if (encoder.encode(text, 0, text.length) >= 0) {
        row.find(
            cell,
            null,
            ExchangeMessage.CELL_NOT_IN_CHARSET,
            Characters.codePoints(unit),
            profile.charset().javaName());
      }
      replacedInRow++;
    }
  }

  final void ascii(String text) {
    encoder.encode(text.toCharArray(), 0, text.length());
  }

  private void flushIf(int atLeast) throws IOException {
    if (encoder.length >= atLeast) {
      output.write(encoder.out, 0, encoder.length);
      bytesWritten += encoder.length;
      encoder.length = 0;
    }
  }

  /** Hands over what is left. */
  final void finish() throws IOException {
    flushIf(1);
    output.flush();
  }

  final long bytesWritten() {
    return bytesWritten + encoder.length;
  }

  final long replaced() {
    return replaced;
  }
}
