package org.kiban.exchange.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.kiban.exchange.ExchangeMessage;
import org.kiban.exchange.declaration.Encoding;
import org.kiban.exchange.declaration.Maximum;
import org.kiban.exchange.declaration.Profile;

/**
 * Reads rows one by one. The bytes and characters of a row stay in the buffers while the next ones
 * are read, until the buffers are moved.
 */
abstract class RowSource {

  private static final int FIRST_BUFFER = 1 << 17;

  /** Is told that the rows read so far must be done with. */
  interface Mover {
    void beforeMove() throws IOException;
  }

  /** The row in hand. */
  Row row = new Row(0);

  final Decoder decoder;
  final Profile profile;
  private final Maximum maximum;
  private final InputStream input;
  private boolean ended;
  private boolean moved;
  private Mover mover = () -> {};

  /** Where the row in hand begins in the decoder's buffer. */
  int rowStart;

  private long bytesRead;

  /** Physical lines that were read before the row in hand. */
  long lines;

  RowSource(Profile profile, Maximum maximum, InputStream input) throws IOException {
    this.profile = profile;
    this.maximum = maximum;
    this.input = input;
    // A small file tells its size; four bytes more show its end without another buffer.
    int there = input.available();
    byte[] buffer =
        new byte[there <= 0 ? FIRST_BUFFER : Math.min(FIRST_BUFFER, Math.max(there + 4, 1 << 10))];
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
    decoder.out = new char[2 * buffer.length];
    decoder.limit = limit;
    decoder.pos = mark.length();
    rowStart = decoder.pos;
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

  /** Tells whom to ask before rows that were read lose their bytes and characters. */
  final void mover(Mover asked) {
    mover = asked;
  }

  /**
   * Reads the next row.
   *
   * @param into gets it
   * @return false at the end of the file
   */
  final boolean next(Row into) throws IOException {
    row = into;
    rowStart = decoder.pos;
    row.text = decoder.out;
    row.textStart = decoder.length;
    row.begin(lines + 1);
    boolean read = next();
    row.rawStart = rowStart;
    row.rawEnd = decoder.pos;
    return read;
  }

  /** Reads the row in hand, whose characters follow those of the row before. */
  abstract boolean next() throws IOException;

  /** Whether the row in hand must be done with before the next is read. */
  final boolean hasMoved() {
    return moved;
  }

  /** Uses the characters' buffer anew; every row is done with. */
  final void rewind() {
    moved = false;
    decoder.length = 0;
  }

  /** The bytes of a row, newline included. */
  final byte[] raw(Row of) {
    return Arrays.copyOfRange(decoder.in, of.rawStart, of.rawEnd);
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
   * Gets more bytes behind {@code limit}; the row in hand moves to the front of the buffer, and
   * indexes into the bytes with it.
   *
   * @return how far the bytes moved, or -1 at the end of the file
   */
  final int fill() throws IOException {
    if (ended) {
      return -1;
    }
    checkLength();
    mover.beforeMove();
    moved = true;
    int by = rowStart;
    int kept = decoder.limit - rowStart;
    byte[] buffer = decoder.in;
    if (kept > buffer.length / 2) {
      buffer = new byte[buffer.length * 2];
    }
    System.arraycopy(decoder.in, rowStart, buffer, 0, kept);
    if (buffer != decoder.in) {
      decoder.in = buffer;
      // Characters of earlier rows may stand in front; they were never more than their bytes.
      decoder.out = Arrays.copyOf(decoder.out, 2 * buffer.length);
      row.text = decoder.out;
    }
    rowStart = 0;
    decoder.pos -= by;
    decoder.limit = kept;
    int n = input.read(buffer, kept, buffer.length - kept);
    if (n < 0) {
      ended = true;
      return -1;
    }
    decoder.limit += n;
    bytesRead += n;
    checkBytes();
    return by;
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
