package org.kiban.addon.swap;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls code of add-ons on threads of their own, {@code kiban-addon-<n>}, so that one that hangs
 * costs a thread and not the node. Safe for any thread.
 */
final class Patience {

  private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final AtomicInteger next = new AtomicInteger(1);

  /** Something took too long; its thread still works on it. */
  static final class Overdue extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Thread thread;

    Overdue(Thread thread) {
      this.thread = thread;
    }

    Thread thread() {
      return thread;
    }
  }

  /**
   * Waits for a call.
   *
   * @throws Overdue if it takes longer than the limit
   * @throws Exception what the call throws; an error comes as the cause of an {@link
   *     ExecutionException}
   */
  <T> T within(Duration limit, Callable<T> call) throws Exception {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task, "kiban-addon-" + next.getAndIncrement());
    thread.setDaemon(true);
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    thread.start();
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Overdue(thread);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  /**
   * Ends threads: asks them to, and if they do not listen, makes them. Called only for code of an
   * add-on that is being taken out, which nothing else depends on.
   *
   * @return those that are still alive
   */
  static List<Thread> end(Collection<Thread> threads) {
    threads.forEach(Thread::interrupt);
    List<Thread> deaf = alive(threads);
    deaf.forEach(Patience::kill);
    return alive(deaf);
  }

  /** The last resort against a loop that no interrupt ends; it works on Java 17. */
  @SuppressWarnings("deprecation")
  private static void kill(Thread thread) {
    thread.stop();
  }

  /** Those that are alive even after a while. */
  private static List<Thread> alive(Collection<Thread> threads) {
    long end = System.nanoTime() + GIVE_UP_NANOS;
    List<Thread> alive = List.copyOf(threads);
    while (!alive.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      alive = alive.stream().filter(Thread::isAlive).toList();
    }
    return alive;
  }
}
