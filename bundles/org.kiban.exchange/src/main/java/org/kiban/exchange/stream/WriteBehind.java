package org.kiban.exchange.stream;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes to a stream on a thread of its own, some blocks behind the one that gives the bytes. Used
 * by one thread. What writing throws is thrown by a later call, at the latest by {@link #finish}.
 */
public final class WriteBehind extends OutputStream {

  private final OutputStream target;
  private final Relay<Block> blocks = Block.relay();
  private final Thread thread;
  private Block current;
  private boolean ended;
  private volatile Throwable failure;
  private volatile boolean dropped;

  /**
   * @param target not closed with this
   */
  public WriteBehind(OutputStream target) {
    this.target = target;
    this.thread = Helper.start("write", this::run);
  }

  private void run() {
    boolean last = false;
    while (!last) {
      Block block = blocks.next();
      last = block.last;
      // After a failure blocks are taken all the same: nobody must wait for one in vain.
      if (failure == null && !dropped) {
        try {
          target.write(block.bytes, 0, block.length);
        } catch (IOException | RuntimeException | Error e) {
          failure = e;
        }
      }
      blocks.back(block);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Helper.rethrow(failure);
    int done = 0;
    while (done < length) {
      if (current == null) {
        current = blocks.empty();
        current.length = 0;
      }
      int n = Math.min(length - done, current.bytes.length - current.length);
      System.arraycopy(bytes, offset + done, current.bytes, current.length, n);
      current.length += n;
      done += n;
      if (current.length == current.bytes.length) {
        blocks.give(current);
        current = null;
      }
    }
  }

  /**
   * Hands over what is left and waits until all of it was written.
   *
   * @throws IOException if any of it could not be written
   */
  public void finish() throws IOException {
    end();
    Helper.rethrow(failure);
  }

  private void end() {
    if (!ended) {
      ended = true;
      if (current == null) {
        current = blocks.empty();
        current.length = 0;
      }
      Block block = current;
      current = null;
      block.last = true;
      blocks.give(block);
    }
    Helper.join(thread);
  }

  /** Ends the thread; what it has not written yet is dropped unless this was finished. */
  @Override
  public void close() {
    dropped = true;
    end();
  }
}
