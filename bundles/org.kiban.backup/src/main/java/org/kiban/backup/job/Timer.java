package org.kiban.backup.job;

import java.io.Closeable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.kiban.backup.repository.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins jobs when they are due, one after the other. One that was missed while the node was down
 * begins once after the start, however often it was.
 */
public final class Timer implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Timer.class);
  private static final int SECONDS = 20;

  private final Collection<Job> jobs;
  private final Records records;
  private final InstantSource clock;
  private final Consumer<Job> run;
  private final Runnable rest;
  private final ScheduledExecutorService thread;

  /**
   * Begins nothing yet.
   *
   * @param run does a job, and notes that it has begun; what it throws was told already
   * @param rest what is done after each look
   */
  public Timer(
      String owner,
      Collection<Job> jobs,
      Records records,
      InstantSource clock,
      Consumer<Job> run,
      Runnable rest) {
    this.jobs = jobs;
    this.records = records;
    this.clock = clock;
    this.run = run;
    this.rest = rest;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Repository.threads("kiban-backup-timer-" + owner));
  }

  /** Looks now and then from now on. */
  public Timer start() {
    thread.scheduleWithFixedDelay(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
    return this;
  }

  /** Begins what is due. */
  void look() {
    for (Job job : jobs) {
      attempt(job.name(), () -> begin(job));
    }
    attempt("what remains", rest);
  }

  private void begin(Job job) {
    Instant last = records.of(job.name(), clock.instant()).begun();
    if (job.schedule().due(last, clock.instant()).isPresent()) {
      run.accept(job);
    }
  }

  private static void attempt(String what, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.debug("{} was not done", what, e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
