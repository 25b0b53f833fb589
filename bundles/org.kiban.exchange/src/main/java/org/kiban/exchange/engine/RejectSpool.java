package org.kiban.exchange.engine;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.kiban.exchange.format.Finding;
import org.kiban.exchange.format.Reject;
import org.kiban.exchange.format.Rejects;

/**
 * Keeps the rows of one file that are not delivered, byte for byte as they arrived, and a report of
 * why: row, line, column, code and reason in Japanese and English, never a value. The report is CSV
 * in UTF-8 with a byte order mark, so that a spreadsheet opens it. Used by one thread.
 */
final class RejectSpool implements Rejects {

  static final String ROWS = ".rows";
  static final String ERRORS = ".errors.csv";

  private final Path base;
  private OutputStream rows;
  private OutputStream errors;

  /**
   * @param base where the two files begin their life, without their endings
   */
  RejectSpool(Path base) {
    this.base = base;
  }

  @Override
  public void reject(Reject reject) throws IOException {
    if (rows == null) {
      rows = open(ROWS);
    }
    rows.write(reject.raw());
    report(reject);
  }

  /** Reports a row without keeping it: the whole file is kept aside. */
  void report(Reject reject) throws IOException {
    if (errors == null) {
      errors = open(ERRORS);
      errors.write("\uFEFF行,行位置,項目,コード,理由,reason\r\n".getBytes(StandardCharsets.UTF_8));
    }
    for (Finding f : reject.findings()) {
      String line =
          reject.row()
              + ","
              + reject.line()
              + ","
              + quoted(f.columnName() == null ? "" : f.columnName())
              + ","
              + f.code()
              + ","
              + quoted(f.reason(Locale.JAPANESE))
              + ","
              + quoted(f.reason(Locale.ENGLISH))
              + "\r\n";
      errors.write(line.getBytes(StandardCharsets.UTF_8));
    }
  }

  private OutputStream open(String ending) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(path(ending)));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  /** Whether there is anything to keep. */
  boolean isEmpty() {
    return errors == null;
  }

  /**
   * Moves the files to their place, durable after a sync of its directory.
   *
   * @param target their place, without their endings
   */
  void keep(Path target) throws IOException {
    for (String ending : new String[] {ROWS, ERRORS}) {
      OutputStream out = ending.equals(ROWS) ? rows : errors;
      if (out != null) {
        out.close();
        try (FileChannel file = FileChannel.open(path(ending), StandardOpenOption.WRITE)) {
          file.force(false);
        }
        Files.move(
            path(ending),
            target.resolveSibling(target.getFileName() + ending),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Drops the files. */
  void discard() throws IOException {
    if (rows != null) {
      rows.close();
    }
    if (errors != null) {
      errors.close();
    }
    Files.deleteIfExists(path(ROWS));
    Files.deleteIfExists(path(ERRORS));
  }

  private Path path(String ending) {
    return base.resolveSibling(base.getFileName() + ending);
  }
}
