package org.kiban.exchange.engine;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the next step for one batch on a thread of its own while the step before it is done for the
 * next batch: one waits for the disk while the other has the processors. Never more than one is on
 * its way, so that memory stays bounded and batches keep their order. Used by one thread at a time.
 */
final class Relay<T> implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  private final Work<T> step;
  private final ThreadPoolExecutor thread;
  private Future<?> onItsWay;

  /** What is done with a batch. */
  interface Work<T> {
    void run(T batch) throws IOException;
  }

  Relay(Work<T> step, String name) {
    this.step = step;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread made = new Thread(work, name);
              made.setDaemon(true);
              return made;
            });
  }

  /**
   * Hands over a batch once the one before it came to its end.
   *
   * @throws IOException what ended the one before it early; what it owes is resumed
   */
  void hand(T batch) throws IOException {
    try {
      finish();
    } finally {
      onItsWay =
          thread.submit(
              () -> {
                step.run(batch);
                return null;
              });
    }
  }

  /**
   * Waits for the batch that is on its way.
   *
   * @return false if there is none
   * @throws IOException what ended it early; what it owes is resumed
   */
  boolean finish() throws IOException {
    if (onItsWay == null) {
      return false;
    }
    Future<?> last = onItsWay;
    onItsWay = null;
    boolean interrupted = false;
    try {
      while (true) {
        try {
          last.get();
          return true;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends what is on its way. */
  @Override
  public void close() {
    try {
      finish();
    } catch (IOException e) {
      LOG.debug("the last batch ended early", e);
    } catch (RuntimeException e) {
      // Whoever closes this has more to close, and opens it all again.
      LOG.error("{}: the last batch", LinkageMessage.BUG.code(), e);
    } finally {
      thread.shutdown();
    }
  }
}
