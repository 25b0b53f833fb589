package org.kiban.logship.receive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Messages out of a syslog connection: counted (RFC 5425), or ended by a line feed as older senders
 * do. Each message may be framed in either way. For one thread.
 */
final class SyslogInput {

  /** The longest message that is taken. */
  static final int MOST_BYTES = 256 << 10;

  private static final int DIGITS = 7;

  private final InputStream in;

  /**
   * @param in buffered
   */
  SyslogInput(InputStream in) {
    this.in = in;
  }

  /**
   * The next message, without its frame; null at the end. What an end cut off is not a message.
   *
   * @throws IOException if it cannot be read, or a message is too long or not framed
   */
  byte[] next() throws IOException {
    int first = in.read();
    while (first == '\n' || first == '\r') {
      first = in.read();
    }
    if (first < 0) {
      return null;
    }
    return first >= '1' && first <= '9' ? counted(first - '0') : line(first);
  }

  private byte[] counted(int first) throws IOException {
    int count = first;
    for (int i = 0; i < DIGITS; i++) {
      int digit = in.read();
      if (digit == ' ') {
        if (count > MOST_BYTES) {
          throw new IOException("a message of " + count + " bytes; at most " + MOST_BYTES);
        }
        byte[] message = in.readNBytes(count);
        return message.length == count ? message : null;
      }
      if (digit < '0' || digit > '9') {
        throw new IOException("a message that is not counted as RFC 5425 says");
      }
      count = count * 10 + digit - '0';
    }
    throw new IOException("a message that is not counted as RFC 5425 says");
  }

  private byte[] line(int first) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    for (int next = first; next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      if (message.size() == MOST_BYTES) {
        throw new IOException("a line of more than " + MOST_BYTES + " bytes");
      }
      message.write(next);
    }
    return message.toByteArray();
  }
}
