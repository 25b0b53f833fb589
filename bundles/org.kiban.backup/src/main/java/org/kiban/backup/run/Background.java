package org.kiban.backup.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.kiban.backup.repository.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Long work with what the node's other work leaves of processors and disks. Linux keeps a priority
 * for each thread, and a thread gives its own to those that it starts; a priority that was lowered
 * cannot be raised again without rights, so the work has a thread of its own. Whoever others wait
 * for, such as the holder of journals, must not be lowered.
 */
public final class Background {

  private static final Logger LOG = LoggerFactory.getLogger(Background.class);
  private static final Path SELF = Path.of("/proc/thread-self");
  private static final int SECONDS = 10;

  /** The disk's too, where its scheduler knows priorities. */
  private static final String LOWER = "renice -n \"$0\" -p \"$1\" && ionice -c 2 -n 7 -p \"$1\"";

  private Background() {}

  /**
   * Does something and waits for it; an interruption of the caller is the work's.
   *
   * @param niceness 0 for the caller's priority, to 19 for what is left over
   * @return what the work gives
   * @throws IOException if the work does
   */
  public static <T> T call(int niceness, Callable<T> work) throws IOException {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              lower(niceness);
              return work.call();
            });
    Thread thread = Repository.threads("kiban-backup-run").newThread(task);
    thread.start();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
        thread.interrupt();
      }
    }
    try {
      return FileSaver.await(task);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Where it cannot be done the work is done all the same. */
  private static void lower(int niceness) throws InterruptedException {
    if (niceness <= 0) {
      return;
    }
    try {
      String thread = Files.readSymbolicLink(SELF).getFileName().toString();
      Process process =
          new ProcessBuilder("sh", "-c", LOWER, Integer.toString(Math.min(19, niceness)), thread)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        LOG.info("renice or ionice of thread {} failed: a backup has the usual priority", thread);
      }
    } catch (IOException e) {
      LOG.info("a backup has the usual priority: {}", e.toString());
    }
  }
}
