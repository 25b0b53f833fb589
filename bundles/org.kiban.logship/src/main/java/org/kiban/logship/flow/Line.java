package org.kiban.logship.flow;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.logship.LogCode;

/** The thread of one destination: sends, and does between two rounds what operators ask for. */
final class Line {

  private static final long PATIENCE_SECONDS = 120;
  private static final long STOP_SECONDS = 30;

  /** An interrupted thread closes the files that it writes: only if it hangs. */
  private static final long GENTLE_SECONDS = 10;

  private final Shipper shipper;
  private final Watcher watcher;
  private final int pollMillis;
  private final BlockingQueue<FutureTask<?>> tasks = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean stopped;

  Line(String code, Shipper shipper, Watcher watcher, int pollMillis) {
    this.shipper = shipper;
    this.watcher = watcher;
    this.pollMillis = pollMillis;
    this.thread = new Thread(this::run, "kiban-logship-" + code + '-' + shipper.name());
  }

  void start() {
    thread.start();
  }

  Shipper shipper() {
    return shipper;
  }

  /**
   * Has something done on this line's thread.
   *
   * @throws KibanException if that fails, or the line is busy for too long
   */
  <T> T ask(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    tasks.add(task);
    try {
      return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("interrupted", e);
    } catch (TimeoutException | CancellationException e) {
      task.cancel(false);
      throw failed("busy", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KibanException known
          ? known
          : failed(e.getCause().getMessage(), e.getCause());
    }
  }

  private KibanException failed(String why, Throwable cause) {
    return new KibanException(cause, Outcome.FAILED, LogCode.NOT_REACHED, shipper.name(), why);
  }

  private void run() {
    try {
      while (!stopped) {
        boolean busy = shipper.turn(watcher.streams());
        FutureTask<?> task = busy ? tasks.poll() : tasks.poll(pollMillis, TimeUnit.MILLISECONDS);
        if (task != null) {
          task.run();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      // An interrupted thread cannot write its files.
      Thread.interrupted();
      shipper.close();
    }
  }

  void stop() {
    stopped = true;
    FutureTask<?> wake = new FutureTask<>(() -> null);
    tasks.add(wake);
    try {
      thread.join(TimeUnit.SECONDS.toMillis(GENTLE_SECONDS));
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tasks.forEach(t -> t.cancel(false));
  }
}
