package org.kiban.logship.source;

import java.util.Arrays;

/**
 * A place in a file that was read, by which the file can be known again.
 *
 * @param offset in bytes; 0 if nothing was read
 * @param length of the bytes before it that were hashed
 * @param hash SHA-256 of them, in hexadecimal digits
 */
record Mark(long offset, int length, String hash) {

  /** Nothing was read. */
  static final Mark NONE = new Mark(0, 0, "");

  /**
   * @param bytes that end at the offset
   * @param end how many of the array
   */
  static Mark at(long offset, byte[] bytes, int end) {
    int length = (int) Math.min(Math.min(Content.WINDOW, end), offset);
    return new Mark(offset, length, Content.hash(Arrays.copyOfRange(bytes, end - length, end)));
  }
}
