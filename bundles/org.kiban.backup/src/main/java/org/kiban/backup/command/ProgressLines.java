package org.kiban.backup.command;

import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.run.Progress;
import org.kiban.shell.Terminal;

/** Prints how far a long task is: files, bytes, rate, and the time that is left where known. */
final class ProgressLines implements AutoCloseable {

  private static final int SECONDS = 5;

  private final Terminal terminal;
  private final Progress progress;
  private final long begun = System.nanoTime();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Repository.threads("kiban-backup-progress"));

  ProgressLines(Terminal terminal, Progress progress) {
    this.terminal = terminal;
    this.progress = progress;
  }

  /** Begins to print, unless what is printed is for a program. */
  void start(boolean silent) {
    if (!silent) {
      timer.scheduleAtFixedRate(this::print, SECONDS, SECONDS, TimeUnit.SECONDS);
    }
  }

  private void print() {
    double seconds = (System.nanoTime() - begun) / 1e9;
    double rate = progress.bytes() / seconds;
    String line =
        "  %02d:%02d  %d %s, %s, %s/s"
            .formatted(
                (long) seconds / 60,
                (long) seconds % 60,
                progress.files(),
                terminal.text("ファイル", "files"),
                size(progress.bytes()),
                size((long) rate));
    long left = progress.totalBytes() - progress.bytes();
    if (left > 0 && rate > 0) {
      line += terminal.text(", 残り %d 秒", ", %d s left").formatted((long) (left / rate));
    }
    terminal.out().println(line);
  }

  /** A number of bytes as people read it. */
  static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    int unit = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
    return String.format(
        Locale.ROOT, "%.1f %ciB", (double) bytes / (1L << unit * 10), " KMGTPE".charAt(unit));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
