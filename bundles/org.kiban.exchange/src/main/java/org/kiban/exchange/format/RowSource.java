package org.kiban.exchange.format;

import java.io.IOException;
import java.io.InputStream;
import org.kiban.exchange.ExchangeMessage;
import org.kiban.exchange.declaration.Encoding;
import org.kiban.exchange.declaration.Maximum;
import org.kiban.exchange.declaration.Profile;

/**
 * Reads rows one by one into pages. A page that has no room for more is turned: the row that is
 * half read goes on in another.
 */
abstract class RowSource {

  /** A page that one long row made larger than this does not stay so large. */
  private static final int MOST_KEPT = 4 * Pages.SIZE;

  /** Takes a page of rows and gives one to go on with. */
  interface Turn {
    Page turn(Page page) throws IOException;
  }

  /** The row in hand. */
  Row row;

  /** The page that it stands in. */
  Page page;

  final Decoder decoder;
  final Profile profile;
  private final Maximum maximum;
  private final InputStream input;
  private Turn turn = same -> same;
  private boolean ended;

  /** Where the row in hand begins in the decoder's buffer. */
  int rowStart;

  private long bytesRead;

  /** Physical lines that were read before the row in hand. */
  long lines;

  RowSource(Profile profile, Maximum maximum, int width, InputStream input) throws IOException {
    this.profile = profile;
    this.maximum = maximum;
    this.input = input;
    // A small file tells its size; four bytes more show its end without another buffer.
    int there = input.available();
    int size = there <= 0 ? Pages.SIZE : Math.min(Pages.SIZE, Math.max(there + 4, 1 << 10));
    page = new Page(size, width);
    byte[] buffer = page.bytes;
    int limit = 0;
    for (int n; limit < 4 && (n = input.read(buffer, limit, buffer.length - limit)) >= 0; ) {
      limit += n;
    }
    ended = limit < 4;
    bytesRead = limit;
    checkBytes();
    if (limit == 0 && profile.emptyFile() == Profile.EmptyFile.REFUSE) {
      throw new FileFault(ExchangeMessage.FILE_EMPTY);
    }
    ByteOrderMark mark = ByteOrderMark.of(buffer, limit);
    mark.check(profile, limit);
    decoder = decoder(profile.charset(), mark);
    decoder.in = buffer;
    decoder.out = page.text;
    decoder.limit = limit;
    decoder.pos = mark.length();
  }

  private static Decoder decoder(Encoding charset, ByteOrderMark mark) {
    return switch (charset) {
      case UTF_8 -> new Utf8Decoder();
      case UTF_16 -> new Utf16Decoder(mark != ByteOrderMark.UTF_16LE);
      case UTF_16LE -> new Utf16Decoder(false);
      case UTF_16BE -> new Utf16Decoder(true);
      case ISO_2022_JP -> new Iso2022Decoder();
      default -> new TwoByteDecoder(JapaneseTable.of(charset));
    };
  }

  /** Tells who takes the rows of a page that is turned. */
  final void turnTo(Turn taker) {
    turn = taker;
  }

  /**
   * Reads the next row.
   *
   * @param number its number
   * @return false at the end of the file
   */
  final boolean next(long number) throws IOException {
    if (page.isFull()) {
      rowStart = decoder.pos;
      row = page.next();
      row.textStart = decoder.length;
      turnPage();
    }
    row = page.next();
    row.number = number;
    rowStart = decoder.pos;
    row.text = decoder.out;
    row.textStart = decoder.length;
    row.begin(lines + 1);
    if (!next()) {
      return false;
    }
    row.raw = decoder.in;
    row.rawStart = rowStart;
    row.rawEnd = decoder.pos;
    page.count++;
    return true;
  }

  /** Reads the row in hand, whose characters follow those of the row before. */
  abstract boolean next() throws IOException;

  /** Forgets the rows read so far. */
  final void forget() {
    page.count = 0;
  }

  /** Characters of the row in hand. */
  final int length() {
    return decoder.length - row.textStart;
  }

  final long bytesRead() {
    return bytesRead;
  }

  /** Bytes of the file before an index of the buffer. */
  final long offset(int index) {
    return bytesRead - decoder.limit + index;
  }

  final boolean ended() {
    return ended;
  }

  /**
   * Gets more bytes behind {@code limit}; if there is no room, the row in hand moves to the front
   * of a page, and indexes into the bytes with it.
   *
   * @return false at the end of the file
   */
  final boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    checkLength();
    if (decoder.limit == decoder.in.length) {
      turnPage();
    }
    int n = input.read(decoder.in, decoder.limit, decoder.in.length - decoder.limit);
    if (n < 0) {
      ended = true;
      return false;
    }
    decoder.limit += n;
    bytesRead += n;
    checkBytes();
    return true;
  }

  /** Gives the rows before the one in hand away. */
  private void turnPage() throws IOException {
    Page old = page;
    old.takeNext();
    Page to = turn.turn(old);
    int by = rowStart;
    int kept = decoder.limit - rowStart;
    int chars = length();
    boolean small = to.bytes.length < Pages.SIZE || kept > to.bytes.length / 2;
    if (small || to.bytes.length > MOST_KEPT && kept < Pages.SIZE / 2) {
      int size = Math.max(Pages.SIZE, 4 * kept);
      to.bytes = new byte[size];
      to.text = new char[size];
    }
    System.arraycopy(decoder.in, rowStart, to.bytes, 0, kept);
    System.arraycopy(decoder.out, row.textStart, to.text, 0, chars);
    to.beginWith(row);
    page = to;
    decoder.in = to.bytes;
    decoder.out = to.text;
    decoder.pos -= by;
    decoder.limit = kept;
    decoder.length = chars;
    rowStart = 0;
    row.text = to.text;
    row.textStart = 0;
  }

  /** Refuses a row, read to its end or not, that is longer than the interface allows. */
  final void checkLength() {
    if (decoder.pos - rowStart > maximum.rowBytes()) {
      throw new FileFault(ExchangeMessage.ROW_TOO_LONG, row.number, row.line, maximum.rowBytes());
    }
  }

  private void checkBytes() {
    if (bytesRead > maximum.bytes()) {
      throw new FileFault(ExchangeMessage.FILE_TOO_MANY_BYTES, maximum.bytes());
    }
  }
}
