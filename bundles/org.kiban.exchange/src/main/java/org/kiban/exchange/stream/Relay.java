package org.kiban.exchange.stream;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/**
 * Containers that go round between two threads: one fills them, the other uses them up. There are
 * never more than a few, so that the faster thread waits for the slower. Waiting goes on through an
 * interrupt, which stays set: a file channel in use would be closed by it.
 *
 * @param <T> what is handed over
 */
public final class Relay<T> {

  private final BlockingQueue<T> full = new LinkedBlockingQueue<>();
  private final BlockingQueue<T> free = new LinkedBlockingQueue<>();
  private final Supplier<T> maker;
  private final int most;
  private int made;

  /**
   * @param most how many there are at most
   * @param maker makes another one
   */
  public Relay(int most, Supplier<T> maker) {
    this.most = most;
    this.maker = maker;
  }

  /** One to be filled, as soon as there is one; for the thread that fills. */
  public T empty() {
    T one = free.poll();
    if (one != null) {
      return one;
    }
    if (made < most) {
      made++;
      return maker.get();
    }
    return take(free);
  }

  /** Hands one over that is full. */
  public void give(T one) {
    full.add(one);
  }

  /** The next one that was handed over; for the thread that uses. */
  public T next() {
    return take(full);
  }

  /** Gives one back to be filled again. */
  public void back(T one) {
    free.add(one);
  }

  private static <T> T take(BlockingQueue<T> queue) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return queue.take();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
