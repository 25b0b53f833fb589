package org.kiban.exchange.engine;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A few threads that do one step for many files at a time. */
final class Workers implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  private static final int IDLE_SECONDS = 60;

  private final ThreadPoolExecutor threads;

  Workers(int count, String name) {
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            r -> {
              Thread thread = new Thread(r, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Does a step for each item and returns the results in the items' order. */
  <T, R> List<R> each(List<T> items, Function<T, R> step) {
    if (items.size() == 1) {
      return Collections.singletonList(step.apply(items.get(0)));
    }
    List<Future<R>> futures = new ArrayList<>(items.size());
    for (T item : items) {
      futures.add(threads.submit(() -> step.apply(item)));
    }
    List<R> results = new ArrayList<>(items.size());
    for (Future<R> future : futures) {
      results.add(result(future));
    }
    return results;
  }

  /** A piece of work that may fail. */
  interface Work {
    void run() throws java.io.IOException;
  }

  /** Does something when a thread is free; what fails is offered again by its way in. */
  void later(Work work) {
    threads.execute(
        () -> {
          try {
            work.run();
          } catch (java.io.IOException e) {
            LOG.debug("work put off", e);
          } catch (RuntimeException e) {
            LOG.error("{}: work put off", LinkageMessage.BUG.code(), e);
          }
        });
  }

  private static <R> R result(Future<R> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          // A step that has begun is finished: stopping is asked for between batches.
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof RuntimeException unchecked) {
            throw unchecked;
          }
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends what has begun, at most 30 seconds, and begins nothing more. */
  @Override
  public void close() {
    threads.getQueue().clear();
    threads.shutdown();
    try {
      threads.awaitTermination(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
