package org.kiban.backup.blank;

import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.run.Progress;

/** Prints a line now and then, so that an operator sees that it goes on. */
final class Ticker implements AutoCloseable {

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Repository.threads("kiban-backup-progress"));

  private final PrintWriter out;
  private final Progress progress;
  private final boolean japanese;

  Ticker(PrintWriter out, Progress progress, boolean japanese) {
    this.out = out;
    this.progress = progress;
    this.japanese = japanese;
  }

  void start(int seconds) {
    timer.scheduleAtFixedRate(this::print, seconds, seconds, TimeUnit.SECONDS);
  }

  private void print() {
    out.printf(
        japanese ? "  %,d / %,d バイト%n" : "  %,d of %,d bytes%n",
        progress.bytes(),
        progress.totalBytes());
    out.flush();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
