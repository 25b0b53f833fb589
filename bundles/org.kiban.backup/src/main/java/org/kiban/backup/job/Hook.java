package org.kiban.backup.job;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.kiban.backup.BackupMessage;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/** A program of the operator that is run before or after a job. Its output goes nowhere. */
final class Hook {

  private Hook() {}

  /**
   * Runs one, and ends it if it takes too long.
   *
   * @param command program and arguments; nothing is done if it is empty
   * @throws KibanException if it fails, cannot be started or takes too long
   */
  static void run(List<String> command, Duration limit) {
    if (command.isEmpty()) {
      return;
    }
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        process.getOutputStream().close();
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
          throw failed(command, "> " + limit.toSeconds() + " s");
        }
        if (process.exitValue() != 0) {
          throw failed(command, "exit status " + process.exitValue());
        }
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw failed(command, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(command, "interrupted");
    }
  }

  private static KibanException failed(List<String> command, String reason) {
    return new KibanException(Outcome.FAILED, BackupMessage.HOOK_FAILED, command.get(0), reason);
  }
}
