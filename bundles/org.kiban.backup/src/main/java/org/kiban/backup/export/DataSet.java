package org.kiban.backup.export;

import java.nio.charset.Charset;
import java.util.List;

/**
 * Tables of one shape in a backup, as a municipality declares them.
 *
 * @param name of the file that is written, without its ending
 * @param title what people call it
 * @param about what it is for; may be empty
 * @param files patterns of whole paths, as they were on the node
 * @param newest whether only the newest file counts; else the rows of all, oldest file first
 * @param charset of the files
 * @param delimiter between their cells
 * @param columns what they hold; empty if the first row of each file says so
 */
record DataSet(
    String name,
    String title,
    String about,
    List<String> files,
    boolean newest,
    Charset charset,
    char delimiter,
    List<Column> columns) {

  /**
   * A column.
   *
   * @param about what it means; may be empty
   */
  record Column(String name, String about) {

    /** {@code name: about}, or the name alone. */
    static Column parse(String text) {
      String[] parts = text.split(":", 2);
      return new Column(parts[0].strip(), parts.length > 1 ? parts[1].strip() : "");
    }
  }
}
