package org.kiban.addon.swap;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts add-ons in after a start of the node and tries again what did not work: soon, since what an
 * add-on needs may still be coming (capabilities are installed after the boot), then ever later.
 * Safe for any thread.
 */
final class Recovery {

  private static final long FIRST_SECONDS = 5;
  private static final long LONGEST_SECONDS = 120;

  private final Logger log = LoggerFactory.getLogger(Recovery.class);
  private final Callable<SortedMap<String, String>> attempt;
  private final ScheduledExecutorService thread;
  private final BiConsumer<String, Long> warn;
  private volatile boolean done;
  private volatile SortedMap<String, String> failed = new TreeMap<>();
  private long pause = FIRST_SECONDS;
  private String said = "";

  /**
   * @param attempt puts in what is installed; returns why add-ons do not run, by id
   * @param thread where it is tried
   * @param warn hears the reason of a failure and after how many seconds it is tried again
   */
  Recovery(
      Callable<SortedMap<String, String>> attempt,
      ScheduledExecutorService thread,
      BiConsumer<String, Long> warn) {
    this.attempt = attempt;
    this.thread = thread;
    this.warn = warn;
  }

  /** Begins. */
  void begin() {
    thread.execute(this::run);
  }

  private void run() {
    try {
      failed = attempt.call();
      done = true;
    } catch (Exception e) {
      say(e);
    }
    if (!done || !failed.isEmpty()) {
      thread.schedule(this::run, pause, TimeUnit.SECONDS);
      pause = Math.min(2 * pause, LONGEST_SECONDS);
    }
  }

  /** Each reason once, however often it comes. */
  private void say(Exception e) {
    log.debug("add-ons could not be put in", e);
    if (!e.toString().equals(said)) {
      said = e.toString();
      warn.accept(said, pause);
    }
  }

  /** Whether the node has once come to terms with what is installed. */
  boolean isDone() {
    return done;
  }

  /** Why add-ons do not run, by id; empty if all do. */
  SortedMap<String, String> failed() {
    return failed;
  }

  /** An operator's change has decided what becomes of an add-on. */
  void settled(String id) {
    SortedMap<String, String> still = new TreeMap<>(failed);
    still.remove(id);
    failed = still;
  }
}
