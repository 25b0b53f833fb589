package org.kiban.backup.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kiban.backup.run.Backup;
import org.kiban.backup.run.Progress;
import org.kiban.backup.source.Views;
import org.kiban.core.KibanException;
import org.kiban.core.TrustedClock;
import org.kiban.core.backup.BackupSource.Content;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a job: hook, moment, snapshot, record, hook. */
public final class JobRun {

  private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

  private final Job job;
  private final Records records;
  private final TrustedClock clock;

  /** Of a job. */
  public JobRun(Job job, Records records, TrustedClock clock) {
    this.job = job;
    this.records = records;
    this.clock = clock;
  }

  /** Fixes the moment. */
  @FunctionalInterface
  public interface Moment {
    /** Holds the sources until the result is closed. */
    Views fix(Job job) throws IOException;
  }

  /** Saves what is held. */
  @FunctionalInterface
  public interface Saving {
    /**
     * Makes a snapshot of files and directories without what matches the patterns, with what is
     * read.
     */
    Backup.Result save(List<Path> paths, List<String> excludes, Map<Path, Content> streams);
  }

  /**
   * Runs it.
   *
   * @param progress tells what could not be read
   * @throws KibanException if there is no snapshot; it is in the record
   */
  public Backup.Result run(Moment moment, Saving saving, Progress progress) throws IOException {
    TrustedClock.Reading now = clock.read();
    Records.Run before = records.of(job.name(), now.now());
    progress.expect(before.files(), before.bytes()); // about as much as last time
    records.begun(job.name(), now);
    try {
      Hook.run(job.before(), job.hookLimit());
      try (Views views = moment.fix(job)) {
        List<String> excludes = new ArrayList<>(job.excludes());
        excludes.addAll(views.excludes());
        Backup.Result result = saving.save(views.paths(), excludes, views.streams());
        records.ran(job.name(), result.snapshot(), progress);
        return result;
      }
    } catch (KibanException e) {
      LOG.warn("{}", e.getMessage());
      records.failed(job.name(), e);
      throw e;
    } finally {
      after();
    }
  }

  /** What an operator does afterwards is not part of the backup: it is made already, or is not. */
  private void after() {
    try {
      Hook.run(job.after(), job.hookLimit());
    } catch (KibanException e) {
      LOG.warn("{}", e.getMessage());
    }
  }
}
