package org.kiban.exchange.format;

import java.io.IOException;
import org.kiban.exchange.stream.Helper;
import org.kiban.exchange.stream.Relay;

/**
 * Brings pages of rows to their end, in order: on the reader's thread while the file is small, on a
 * second one when it is not, so that rows are read while those before them are written.
 */
final class Pages implements AutoCloseable {

  /** Files that fit in here are not worth a thread. */
  static final int SIZE = 1 << 16;

  private static final int MOST = 3;

  /** What is done with a page. */
  interface Work {
    void finish(Page page) throws IOException;
  }

  private final Work work;
  private final Relay<Page> relay;
  private Thread thread;
  private boolean ended;
  private volatile Throwable failure;

  Pages(Work work, int width) {
    this.work = work;
    this.relay = new Relay<>(MOST - 1, () -> new Page(SIZE, width));
  }

  private void run() {
    boolean last = false;
    while (!last) {
      Page page = relay.next();
      last = page.last;
      // After a failure pages are taken all the same: nobody must wait for one in vain.
      if (failure == null) {
        try {
          work.finish(page);
        } catch (IOException | RuntimeException | Error e) {
          failure = e;
        }
      }
      relay.back(page);
    }
  }

  /**
   * Gives the rows of a page away.
   *
   * @return the page to go on with, whose rows are done with
   * @throws IOException what became of these rows or of earlier ones
   */
  Page turn(Page page) throws IOException {
    if (page.count == 0) {
      return page;
    }
    if (thread == null && page.bytes.length < SIZE) {
      work.finish(page);
      return page;
    }
    if (thread == null) {
      thread = Helper.start("rows", this::run);
    }
    relay.give(page);
    Page next = relay.empty();
    Helper.rethrow(failure);
    return next;
  }

  /**
   * Waits for the end of all rows.
   *
   * @param page the last ones
   * @throws IOException what became of them
   */
  void finish(Page page) throws IOException {
    if (thread == null) {
      work.finish(page);
    } else {
      end(page);
      Helper.rethrow(failure);
    }
  }

  private void end(Page page) {
    if (!ended) {
      ended = true;
      page.last = true;
      relay.give(page);
    }
    Helper.join(thread);
  }

  /** Ends the thread, after the page that it has in hand if they were not finished. */
  @Override
  public void close() {
    if (thread != null && !ended) {
      failure = new IllegalStateException("given up");
      end(new Page(0, 0));
    }
  }
}
