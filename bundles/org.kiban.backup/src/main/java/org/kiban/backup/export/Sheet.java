package org.kiban.backup.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A CSV that spreadsheets read as it is meant: RFC 4180, UTF-8 with a byte order mark, every cell
 * in quotes, and no cell that they would take for a formula. Used by one thread.
 */
final class Sheet {

  /** What a spreadsheet may run, in either width; a tab or a carriage return may hide it. */
  private static final String FORMULA = "=+-@＝＋－＠\t\r";

  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d+)?");

  private final Writer out;

  Sheet(OutputStream out) throws IOException {
    this.out = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    this.out.write('\uFEFF');
  }

  /** Adds a row. */
  void row(List<String> cells) throws IOException {
    String before = "";
    for (String cell : cells) {
      out.write(before);
      out.write('"');
      out.write(harmless(cell).replace("\"", "\"\""));
      out.write('"');
      before = ",";
    }
    out.write("\r\n");
  }

  private static String harmless(String cell) {
    boolean runs =
        !cell.isEmpty() && FORMULA.indexOf(cell.charAt(0)) >= 0 && !NUMBER.matcher(cell).matches();
    return runs ? "'" + cell : cell;
  }

  /** Must be called at the end; the stream stays open. */
  void flush() throws IOException {
    out.flush();
  }
}
