package org.kiban.exchange.stream;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a stream on a thread of its own, some blocks ahead of the one that takes the bytes. Used by
 * one thread. What reading throws is thrown where the bytes would have come.
 */
public final class ReadAhead extends InputStream {

  private final InputStream source;
  private final Relay<Block> blocks = Block.relay();
  private final Thread thread;
  private volatile boolean closed;
  private Block current;
  private int at;

  /**
   * @param source closed with this
   */
  public ReadAhead(InputStream source) {
    this.source = source;
    this.thread = Helper.start("read", this::run);
  }

  private void run() {
    boolean last = false;
    while (!last && !closed) {
      Block block = blocks.empty();
      try {
        block.length = source.readNBytes(block.bytes, 0, block.bytes.length);
        block.last = block.length < block.bytes.length;
      } catch (IOException | RuntimeException | Error e) {
        // The block was used before: what it held then must not come again.
        block.length = 0;
        block.failure = e;
        block.last = true;
      }
      last = block.last;
      blocks.give(block);
    }
  }

  @Override
  public int read() throws IOException {
    return isThere() ? current.bytes[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!isThere()) {
      return -1;
    }
    int n = Math.min(length, current.length - at);
    System.arraycopy(current.bytes, at, bytes, offset, n);
    at += n;
    return n;
  }

  private boolean isThere() throws IOException {
    while (current == null || at == current.length) {
      if (current != null && current.last) {
        Helper.rethrow(current.failure);
        return false;
      }
      if (current != null) {
        blocks.back(current);
      }
      current = blocks.next();
      at = 0;
    }
    return true;
  }

  /** Ends the thread, after the block that it is reading, and closes the source. */
  @Override
  public void close() throws IOException {
    closed = true;
    // It may wait for an empty block.
    blocks.back(new Block());
    Helper.join(thread);
    source.close();
  }
}
