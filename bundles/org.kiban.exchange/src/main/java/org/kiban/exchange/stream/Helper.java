package org.kiban.exchange.stream;

import java.io.IOException;

/** Threads that do a part of another thread's work, and never longer than that one wants it. */
public final class Helper {

  private Helper() {}

  /** Starts one, named after the thread that it helps; it does not keep the process alive. */
  public static Thread start(String part, Runnable work) {
    Thread thread = new Thread(work, Thread.currentThread().getName() + "-" + part);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Waits for its end, through interrupts. */
  public static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Throws what a helper failed with, as if it had been this thread.
   *
   * @param failure unchecked or an {@link IOException}, or null for nothing
   */
  public static void rethrow(Throwable failure) throws IOException {
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }
}
