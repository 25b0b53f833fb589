package org.kiban.exchange.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.kiban.exchange.ExchangeMessage;
import org.kiban.exchange.declaration.Encoding;
import org.kiban.exchange.declaration.Maximum;
import org.kiban.exchange.declaration.Profile;

/**
 * Reads rows one by one. The bytes of the row in hand stay in the buffer until the next is read.
 */
abstract class RowSource {

  private static final int FIRST_BUFFER = 1 << 17;

  final Row row = new Row();
  final Decoder decoder;
  final Profile profile;
  private final Maximum maximum;
  private final InputStream input;
  private boolean ended;

  /** Where the row in hand begins in the decoder's buffer. */
  int rowStart;

  private long bytesRead;

  /** Physical lines that were read before the row in hand. */
  long lines;

  RowSource(Profile profile, Maximum maximum, InputStream input) throws IOException {
    this.profile = profile;
    this.maximum = maximum;
    this.input = input;
    byte[] buffer = new byte[FIRST_BUFFER];
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
    decoder.out = new char[buffer.length];
    decoder.limit = limit;
    decoder.pos = mark.length();
    rowStart = decoder.pos;
    row.text = decoder.out;
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

  /**
   * Reads the next row into {@link #row}.
   *
   * @return false at the end of the file
   */
  abstract boolean next() throws IOException;

  /** The bytes of the row in hand, newline included. */
  final byte[] raw() {
    return Arrays.copyOfRange(decoder.in, rowStart, decoder.pos);
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
    int moved = rowStart;
    int kept = decoder.limit - rowStart;
    checkLength();
    byte[] buffer = decoder.in;
    if (kept > buffer.length / 2) {
      buffer = new byte[buffer.length * 2];
    }
    System.arraycopy(decoder.in, rowStart, buffer, 0, kept);
    if (buffer != decoder.in) {
      decoder.in = buffer;
      decoder.out = Arrays.copyOf(decoder.out, buffer.length);
      row.text = decoder.out;
    }
    rowStart = 0;
    decoder.pos -= moved;
    decoder.limit = kept;
    int n = input.read(buffer, kept, buffer.length - kept);
    if (n < 0) {
      ended = true;
      return -1;
    }
    decoder.limit += n;
    bytesRead += n;
    checkBytes();
    return moved;
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
