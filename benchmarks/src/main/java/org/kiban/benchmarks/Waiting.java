package org.kiban.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition. */
final class Waiting {

  private Waiting() {}

  /** A condition that looks at files or sockets. */
  interface Condition {
    boolean holds() throws IOException;
  }

  /** Looks every so often until it holds; gives up after 20 minutes. */
  static void until(Duration every, Condition condition) throws IOException {
    long end = System.nanoTime() + Duration.ofMinutes(20).toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new IOException("it did not come to an end");
      }
      LockSupport.parkNanos(every.toNanos());
    }
  }
}
