package org.kiban.exchange.engine;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.kiban.core.KibanException;
import org.kiban.core.Municipality;
import org.kiban.core.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the linkage of one municipality on a thread of its own: opens its worksite, goes from round
 * to round, and tries to open it again while that fails. Safe for any thread.
 */
final class Runner implements HealthCheck, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
  private static final long LONGEST_PAUSE_MS = 30_000;
  private static final long REFRESH_MS = 1_000;
  private static final long TIDY_MS = 3_600_000;

  private final Municipality municipality;
  private final ExchangeConfig config;
  private final Worksite.Node node;
  private final Problems problems;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private volatile Worksite worksite;

  Runner(Municipality municipality, ExchangeConfig config, Worksite.Node node) {
    this.municipality = municipality;
    this.config = config;
    this.node = node;
    this.problems = new Problems(municipality.code().value());
    this.thread = new Thread(this::run, "kiban-exchange-" + municipality.code());
    thread.start();
  }

  /** The worksite, once it is open. */
  Worksite worksite() {
    Worksite open = worksite;
    if (open == null) {
      throw new KibanException(
          Outcome.FAILED,
          LinkageMessage.NOT_OPEN,
          municipality.code(),
          String.join("; ", problems.all()));
    }
    return open;
  }

  private void run() {
    long pause = 1_000;
    while (!stopped(0)) {
      try (Worksite opened = new Worksite(municipality, config, node, problems)) {
        problems.clear("ledger");
        worksite = opened;
        pause = 1_000;
        rounds(opened);
      } catch (IOException | KibanException e) {
        LOG.debug("the linkage of {} did not open or broke", municipality.code(), e);
        String reason = e instanceof IOException io ? Problems.reason(io) : e.getMessage();
        problems.note("ledger", LinkageMessage.LEDGER_FAILED, municipality.code(), reason);
      } catch (RuntimeException e) {
        LOG.error("{} [{}]", LinkageMessage.BUG.code(), municipality.code(), e);
        problems.note("ledger", LinkageMessage.LEDGER_FAILED, municipality.code(), e.toString());
      } finally {
        worksite = null;
      }
      stopped(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    }
  }

  private void rounds(Worksite opened) {
    long pause = config.poll$_$interval$_$ms();
    long refreshed = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(REFRESH_MS);
    long tidied = refreshed - TimeUnit.MILLISECONDS.toNanos(TIDY_MS);
    boolean busy = true;
    while (!stopped(busy ? 0 : pause)) {
      try {
        long now = System.nanoTime();
        if (now - refreshed >= TimeUnit.MILLISECONDS.toNanos(REFRESH_MS)) {
          opened.refresh();
          refreshed = now;
        }
        if (now - tidied >= TimeUnit.MILLISECONDS.toNanos(TIDY_MS)) {
          tidied = now; // one that fails is tried again in an hour, and the rounds go on
          tidy(opened);
        }
        busy = opened.round();
        problems.clear("round");
        pause = config.poll$_$interval$_$ms();
      } catch (IOException e) {
        LOG.debug("a round of {} ended early", municipality.code(), e);
        problems.note(
            "round", LinkageMessage.LEDGER_FAILED, municipality.code(), Problems.reason(e));
        busy = false;
        pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
      }
    }
  }

  private void tidy(Worksite opened) {
    try {
      opened.tidy();
      problems.clear("tidy");
    } catch (IOException e) {
      problems.note("tidy", LinkageMessage.TIDY_FAILED, municipality.code(), Problems.reason(e));
    }
  }

  private boolean stopped(long waitMs) {
    try {
      return stop.await(waitMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return stop.getCount() == 0;
    }
  }

  @Override
  public Result execute() {
    FormattingResultLog log = new FormattingResultLog();
    Worksite worksite = this.worksite;
    if (worksite == null) {
      log.temporarilyUnavailable("{}", "the ledger is not open yet");
    }
    problems.all().forEach(p -> log.warn("{}", p));
    if (worksite != null) {
      // A log without a line counts as a warning.
      log.info("{} deliveries are open", worksite.ledger.openCount());
      Scanner scanner = worksite.scanner;
      log.info("malware scan: {}", scanner.isOn() ? "clamd at " + scanner.address() : "off");
    }
    return new Result(log);
  }

  /** Ends after the batch in hand, at most a minute. */
  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
