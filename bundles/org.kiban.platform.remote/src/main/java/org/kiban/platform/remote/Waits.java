package org.kiban.platform.remote;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waiting within I/O: who is interrupted meanwhile hears of it as of any other I/O error. */
public final class Waits {

  private Waits() {}

  /** Something that waits. */
  @FunctionalInterface
  public interface Wait {
    /** Waits. */
    void run() throws InterruptedException;
  }

  /** How time passes; tests have another. */
  @FunctionalInterface
  public interface Pause {
    /** Returns after that time. */
    void pause(Duration time) throws InterruptedIOException;
  }

  /** Real time. */
  public static void pause(Duration time) throws InterruptedIOException {
    until(() -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
  }

  /**
   * Waits.
   *
   * @throws InterruptedIOException if the thread is interrupted, which it then still is
   */
  public static void until(Wait wait) throws InterruptedIOException {
    try {
      wait.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }
}
