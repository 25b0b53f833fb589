package org.kiban.backup.export;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/**
 * One data set on its way from the files of a backup to a CSV. What can be read is: in a disaster a
 * table with a flaw that is told is worth more than none.
 */
final class Table {

  private static final char UNREADABLE = '\uFFFD';

  private final DataSet set;
  private List<String> columns;
  private long rows;
  private long uneven;
  private long unreadable;

  Table(DataSet set) {
    this.set = set;
    this.columns = set.columns().stream().map(DataSet.Column::name).toList();
  }

  Charset charset() {
    return set.charset();
  }

  /** Writes the headings, if they are known before the first file. */
  void begin(Sheet sheet) throws IOException {
    if (!columns.isEmpty()) {
      sheet.row(columns);
    }
  }

  /** Adds a file's rows. */
  void copy(Reader file, Sheet sheet) throws IOException {
    CsvReader in = new CsvReader(file, set.delimiter());
    boolean heads = set.columns().isEmpty();
    for (List<String> row = in.next(); row != null; row = in.next()) {
      if (heads) {
        head(row, sheet);
        heads = false;
      } else {
        body(row, sheet);
      }
    }
  }

  private void head(List<String> row, Sheet sheet) throws IOException {
    if (columns.isEmpty()) {
      columns = row;
      sheet.row(row);
    } else if (!columns.equals(row)) {
      throw new IOException("its columns are not those of the files before it");
    }
  }

  private void body(List<String> row, Sheet sheet) throws IOException {
    rows++;
    unreadable += row.stream().anyMatch(c -> c.indexOf(UNREADABLE) >= 0) ? 1 : 0;
    List<String> cells = new ArrayList<>(row);
    uneven += cells.size() == columns.size() ? 0 : 1;
    while (cells.size() < columns.size()) {
      cells.add("");
    }
    sheet.row(cells);
  }

  long rows() {
    return rows;
  }

  /** Their names. */
  List<String> columns() {
    return columns;
  }

  /** What is not as it should be; empty if nothing is. */
  String problem() {
    List<String> problems = new ArrayList<>();
    if (unreadable > 0) {
      problems.add(unreadable + " rows with characters that are not " + set.charset());
    }
    if (uneven > 0) {
      problems.add(uneven + " rows without exactly " + columns.size() + " cells");
    }
    return String.join("; ", problems);
  }
}
