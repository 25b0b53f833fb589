package org.kiban.update;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * Lets what is asked be answered before the one who answers ends: a command that is under way when
 * the configuration changes would else meet a closed journal. Safe for any thread.
 */
final class InHand {

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  private volatile boolean ended;

  /**
   * Asks.
   *
   * @throws KibanException {@link UpdateCode#CHANGING} if it ended; nothing was asked then
   */
  <T> T ask(Supplier<T> question) {
    lock.readLock().lock();
    try {
      if (ended) {
        throw new KibanException(Outcome.FAILED, UpdateCode.CHANGING);
      }
      return question.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Ends once all have their answers, or after this time. Nothing is asked after it. */
  void end(long limit, TimeUnit unit) throws InterruptedException {
    boolean alone = lock.writeLock().tryLock(limit, unit);
    ended = true;
    if (alone) {
      lock.writeLock().unlock();
    }
  }
}
