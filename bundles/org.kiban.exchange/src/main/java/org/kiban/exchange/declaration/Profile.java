package org.kiban.exchange.declaration;

/**
 * The form of a file. On the way in it says what is accepted, on the way out what is written.
 *
 * @param format how rows are told apart
 * @param charset of the text
 * @param bom the byte order mark
 * @param newline at the end of a row
 * @param delimiter between cells, an ASCII character
 * @param quote when cells stand in quotation marks
 * @param header what the first row holds
 * @param nullText what an absent value looks like, outside quotation marks
 * @param emptyFile whether a file of no bytes is a file of no rows
 */
public record Profile(
    Format format,
    Encoding charset,
    Bom bom,
    Newline newline,
    char delimiter,
    Quote quote,
    Header header,
    String nullText,
    EmptyFile emptyFile) {

  /** How rows are told apart. */
  public enum Format {
    /** RFC 4180 with the variations named here. */
    CSV,
    /** Columns of a fixed number of bytes. */
    FIXED,
    /** Bytes that nobody looks into. */
    BINARY
  }

  /** The byte order mark. */
  public enum Bom {
    /** In: refused. Out: not written. */
    NONE,
    /** In: accepted and not required. */
    OPTIONAL,
    /** In: a file without it is refused. */
    REQUIRED,
    /** Out: written. */
    WRITE
  }

  /** The end of a row. */
  public enum Newline {
    /** In: any of the others, or CR alone. */
    ANY("\n"),
    /** CR LF. */
    CRLF("\r\n"),
    /** LF. */
    LF("\n"),
    /** Nothing; fixed-length records only. */
    NONE("");

    private final String text;

    Newline(String text) {
      this.text = text;
    }

    /** The characters. */
    public String text() {
      return text;
    }
  }

  /** When cells stand in quotation marks. */
  public enum Quote {
    /** In: where they do, they are taken off. */
    ANY,
    /** Out: every cell. */
    ALL,
    /** Out: cells that need them. */
    MINIMAL,
    /**
     * In: a quotation mark is a character like any other. Out: never; a cell that needs them is an
     * error.
     */
    NONE,
    /** Out: as the cell came in. */
    PRESERVE
  }

  /** The first row. */
  public enum Header {
    /** The columns' names. */
    NAMES,
    /** The columns' romanised names. */
    ROMANISED,
    /** In: anything; it is not looked at. */
    ANY,
    /** There is none. */
    NONE
  }

  /** A file of no bytes. */
  public enum EmptyFile {
    /** It is refused: somebody failed to write it. */
    REFUSE,
    /** It is a file of no rows. */
    ACCEPT
  }
}
