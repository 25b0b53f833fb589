package org.kiban.exchange.engine;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.kiban.exchange.api.Outbound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what lies staged for one consumer on another machine there, and collects its receipts, on
 * threads of its own: a machine that does not answer holds up nobody else. Safe for any thread.
 */
final class Lane implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final long RECEIPTS_MS = 1_000;

  private final Line line;
  private final String consumer;
  private final Courier courier;
  private final Receipts receipts;
  private final ExchangeConfig config;
  private final Workers workers;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;

  Lane(Line line, String consumer, Courier courier, Receipts receipts, ExchangeConfig config) {
    this.line = line;
    this.consumer = consumer;
    this.courier = courier;
    this.receipts = receipts;
    this.config = config;
    String name = "kiban-exchange-" + config.code() + "-" + line.id() + "-" + consumer;
    this.workers = new Workers(config.workers(), name);
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether it serves this way out, and no other that was opened in its place. */
  boolean serves(Outbound outbound) {
    return line.outbounds().get(consumer) == outbound;
  }

  boolean ended() {
    return !thread.isAlive();
  }

  private void run() {
    long asked = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(RECEIPTS_MS);
    boolean busy = true;
    while (!stopped(busy ? 0 : config.poll$_$interval$_$ms())) {
      try {
        busy = courier.resume(line, consumer, workers, config.batch$_$files());
        if (System.nanoTime() - asked >= TimeUnit.MILLISECONDS.toNanos(RECEIPTS_MS)) {
          receipts.collect(line, consumer);
          asked = System.nanoTime();
        }
      } catch (IOException e) {
        // The ledger: the rounds meet the same and report it.
        LOG.debug("the way to {} of {} ended early", consumer, line.id(), e);
        busy = false;
      } catch (RuntimeException e) {
        LOG.error("{} [{}]", LinkageMessage.BUG.code(), line.id(), e);
        busy = false;
      }
    }
    workers.close();
    try {
      line.outbounds().get(consumer).close();
    } catch (IOException e) {
      LOG.debug("closing the way to {} of {}", consumer, line.id(), e);
    }
  }

  private boolean stopped(long waitMs) {
    try {
      return stop.await(waitMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** Has it end after what it does now, and waits for nothing. */
  @Override
  public void close() {
    stop.countDown();
  }

  /** Waits until it ended, at most so long. */
  void join(long ms) {
    try {
      thread.join(Math.max(1, ms));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
