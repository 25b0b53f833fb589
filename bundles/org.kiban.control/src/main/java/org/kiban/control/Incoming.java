package org.kiban.control;

import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A client's standard input, fed by the frames that arrive and read by the session's thread. */
final class Incoming extends InputStream {

  private static final byte[] END = {};

  private final BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();
  private byte[] current = {};
  private int position;
  private boolean ended;

  /**
   * Adds what arrived.
   *
   * @param bytes none for the end of the input
   */
  void feed(byte[] bytes) {
    arrived.add(bytes.length == 0 ? END : bytes);
  }

  /** Ends the input: readers get what has arrived, then the end. */
  void end() {
    arrived.add(END);
  }

  @Override
  public synchronized int read() throws InterruptedIOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public synchronized int read(byte[] bytes, int offset, int length) throws InterruptedIOException {
    if (length == 0) {
      return 0;
    }
    if (position == current.length && !ended) {
      next();
    }
    if (ended) {
      return -1;
    }
    int count = Math.min(length, current.length - position);
    System.arraycopy(current, position, bytes, offset, count);
    position += count;
    return count;
  }

  @Override
  public synchronized int available() {
    return current.length - position;
  }

  private void next() throws InterruptedIOException {
    try {
      current = arrived.take();
      position = 0;
      ended = current.length == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException) new InterruptedIOException("interrupted").initCause(e);
    }
  }
}
