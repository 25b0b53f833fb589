package org.kiban.exchange.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.kiban.exchange.ExchangeMessage;
import org.kiban.exchange.declaration.Column;
import org.kiban.exchange.declaration.Declaration;
import org.kiban.exchange.declaration.Mode;
import org.kiban.exchange.declaration.Profile.EmptyFile;
import org.kiban.exchange.declaration.Profile.Format;
import org.kiban.exchange.declaration.Profile.Header;

/**
 * Decodes, checks and converts the files of one interface. Immutable and safe for any thread; each
 * conversion has its own buffers, whose size depends on the longest row and not on the file.
 */
public final class FileConverter {

  private static final int FIRST_REJECTS = 20;

  /** Rows whose keys are looked up together. */
  private static final int BATCH = 64;

  private final Declaration declaration;

  /**
   * @param declaration of the interface
   */
  public FileConverter(Declaration declaration) {
    this.declaration = declaration;
  }

  /**
   * Converts a file. Reads the input to its end and closes neither stream; when it fails, what was
   * written is to be thrown away.
   *
   * @param in the file as it arrived
   * @param size its bytes, which only make it faster; 0 if unknown
   * @param out gets the file as it is delivered, in pieces of some 64 KiB
   * @param rejects gets the rows that are not delivered
   * @return what became of it; rows read = rows written + rows rejected
   * @throws FileFault if the file as a whole is refused
   * @throws IOException if a stream or the receiver of the rejects fails
   */
  public Conversion convert(InputStream in, long size, OutputStream out, Rejects rejects)
      throws IOException {
    if (declaration.input().format() == Format.BINARY) {
      return Binary.copy(declaration, in, out);
    }
    RowSource source =
        declaration.input().format() == Format.FIXED
            ? new FixedSource(declaration, in)
            : new CsvSource(
                declaration.input(), declaration.maximum(), declaration.columns().size(), in);
    RowSink sink =
        declaration.output().format() == Format.FIXED
            ? new FixedSink(declaration, out)
            : new CsvSink(declaration, out);
    return new Run(source, size, sink, new Validator(declaration), rejects).convert();
  }

  private final class Run {
    private final RowSource source;
    private final long size;
    private final RowSink sink;
    private final Validator validator;
    private final Rejects rejects;
    private final List<Reject> first = new ArrayList<>();
    private final boolean allOrNothing = declaration.mode() == Mode.ALL_OR_NOTHING;
    private long rejected;
    private long rows;
    private long bytes;

    Run(RowSource source, long size, RowSink sink, Validator validator, Rejects rejects) {
      this.source = source;
      this.size = size;
      this.sink = sink;
      this.validator = validator;
      this.rejects = rejects;
    }

    Conversion convert() throws IOException {
      int width = header();
      source.forget();
      long read;
      try (Pages pages = new Pages(this::finish, declaration.columns().size())) {
        source.turnTo(pages::turn);
        read = readAll(width, pages);
        pages.finish(source.page);
      }
      if (!first.isEmpty()) {
        throw new FileFault(first, ExchangeMessage.FILE_ALL_OR_NOTHING, rejected);
      }
      if (read < declaration.maximum().minimumRows()) {
        throw new FileFault(
            ExchangeMessage.FILE_TOO_FEW_ROWS, read, declaration.maximum().minimumRows());
      }
      sink.finish();
      return new Conversion(
          read,
          read - rejected,
          rejected,
          sink.replaced(),
          source.bytesRead(),
          sink.bytesWritten());
    }

    private long readAll(int declaredWidth, Pages pages) throws IOException {
      long read = 0;
      int width = declaredWidth;
      try {
        while (source.next(read + 1)) {
          if (read == declaration.maximum().rows()) {
            source.page.count--;
            throw new FileFault(ExchangeMessage.FILE_TOO_MANY_ROWS, read);
          }
          read++;
          width = width < 0 ? source.row.cells : width;
          check(source.row, width);
        }
        return read;
      } catch (FileFault e) {
        // The rows before are told first, as they come first; they may be a fault themselves.
        pages.finish(source.page);
        throw e;
      }
    }

    private void check(Row row, int width) {
      if (row.cells != width && row.findings.isEmpty()) {
        row.find(-1, null, ExchangeMessage.ROW_CELLS, width, row.cells);
      }
      if (row.findings.isEmpty()) {
        validator.check(row);
      }
    }

    /** Writes or rejects the rows of a page. */
    private void finish(Page page) throws IOException {
      int count = page.count;
      page.count = 0;
      expect(page, count);
      for (int from = 0; from < count; from += BATCH) {
        int to = Math.min(count, from + BATCH);
        validator.unique(page, from, to);
        for (int i = from; i < to; i++) {
          Row row = page.row(i);
          if (!row.findings.isEmpty() || !sink.write(row)) {
            reject(row);
          }
        }
      }
    }

    /** From the rows so far and their bytes. */
    private void expect(Page page, int count) {
      rows += count;
      bytes += count == 0 ? 0 : page.row(count - 1).rawEnd - page.row(0).rawStart;
      if (bytes > 0) {
        validator.expect((long) ((double) rows * size / bytes));
      }
    }

    private void reject(Row row) throws IOException {
      rejected++;
      Reject reject = new Reject(row.number, row.line, named(row.findings), row.bytes());
      rejects.reject(reject);
      if (allOrNothing) {
        first.add(reject);
        if (first.size() == FIRST_REJECTS) {
          throw new FileFault(first, ExchangeMessage.FILE_ALL_OR_NOTHING, rejected);
        }
      }
    }

    /**
     * Reads and writes the header. Returns the number of cells of a row, or -1 if any row may say.
     */
    private int header() throws IOException {
      List<String> names = declaration.columns().stream().map(Column::name).toList();
      int width = names.isEmpty() ? -1 : names.size();
      if (declaration.input().header() != Header.NONE) {
        List<String> found = readHeader();
        if (names.isEmpty() && !found.isEmpty()) {
          names = found;
          width = found.size();
        }
      }
      if (!names.isEmpty()) {
        switch (declaration.output().header()) {
          case NAMES -> sink.header(names);
          case ROMANISED -> sink.header(romanised());
          default -> {}
        }
      }
      return width;
    }

    private List<String> readHeader() throws IOException {
      boolean there = source.next(0);
      Row row = source.row;
      if (!there) {
        if (source.bytesRead() > 0 || declaration.input().emptyFile() == EmptyFile.REFUSE) {
          throw new FileFault(ExchangeMessage.HEADER_MISSING);
        }
        return List.of();
      }
      if (!row.findings.isEmpty()) {
        throw new FileFault(
            ExchangeMessage.HEADER_UNREADABLE,
            row.findings.get(0).reason(Locale.ROOT),
            row.findings.get(0).reason(Locale.JAPANESE));
      }
      List<String> found = new ArrayList<>();
      for (int i = 0; i < row.cells; i++) {
        found.add(row.value(i).toString());
      }
      List<String> expected =
          switch (declaration.input().header()) {
            case NAMES -> declaration.columns().stream().map(Column::name).toList();
            case ROMANISED -> romanised();
            default -> List.of();
          };
      if (!expected.isEmpty()) {
        compare(expected, found);
      }
      return found;
    }

    private void compare(List<String> expected, List<String> found) {
      if (expected.size() != found.size()) {
        throw new FileFault(ExchangeMessage.HEADER_CELLS, expected.size(), found.size());
      }
      for (int i = 0; i < expected.size(); i++) {
        if (!expected.get(i).equals(found.get(i))) {
          // The cell is not named: in a file without its header it is a resident's data.
          throw new FileFault(ExchangeMessage.HEADER_NAME, i + 1, expected.get(i));
        }
      }
    }

    private List<String> romanised() {
      return declaration.columns().stream().map(c -> c.romaji().orElse(c.name())).toList();
    }

    private List<Finding> named(List<Finding> findings) {
      return findings.stream().map(this::named).toList();
    }

    private Finding named(Finding finding) {
      int column = finding.column();
      return finding.columnName() == null && column >= 0 && column < declaration.columns().size()
          ? new Finding(
              column, declaration.columns().get(column).name(), finding.message(), finding.args())
          : finding;
    }
  }
}
