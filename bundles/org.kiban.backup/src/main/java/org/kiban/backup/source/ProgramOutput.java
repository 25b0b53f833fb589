package org.kiban.backup.source;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.kiban.backup.BackupMessage;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a program of PostgreSQL writes, read while it writes. It has begun, and so has fixed the
 * moment of what it reads, when this is made.
 */
final class ProgramOutput implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(ProgramOutput.class);
  private static final int REASON = 2000;
  private static final int END_SECONDS = 60;

  private final String name;
  private final Process process;
  private final Path errors;
  private final PushbackInputStream out;

  private ProgramOutput(String name, Process process, Path errors) {
    this.name = name;
    this.process = process;
    this.errors = errors;
    this.out = new PushbackInputStream(process.getInputStream());
  }

  /**
   * Starts a program and waits for the first byte, which comes when it has fixed its moment.
   *
   * @param name of the source, for messages
   * @throws KibanException if it cannot be started or ends without a byte
   */
  static ProgramOutput begin(String name, List<String> command, Optional<String> password)
      throws IOException {
    Path errors = Files.createTempFile("kiban-backup", ".err");
    ProgramOutput output = null;
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
      builder.environment().put("PGCONNECT_TIMEOUT", "30");
      // Not an argument: others on this machine may read those.
      password.ifPresent(p -> builder.environment().put("PGPASSWORD", p));
      output = new ProgramOutput(name, start(name, builder), errors);
      output.process.getOutputStream().close();
      int first = output.out.read();
      if (first < 0) {
        throw output.failed();
      }
      output.out.unread(first);
      return output;
    } catch (IOException | RuntimeException e) {
      if (output == null) {
        Files.deleteIfExists(errors);
      } else {
        output.close();
      }
      throw e;
    }
  }

  private static Process start(String name, ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new KibanException(
          e, Outcome.FAILED, BackupMessage.POSTGRESQL_FAILED, name, e.getMessage());
    }
  }

  /** All that it writes; closing it fails unless the program ended well. */
  InputStream stream() {
    return new FilterInputStream(out) {
      @Override
      public void close() throws IOException {
        if (!isEndedWell()) {
          throw failed();
        }
        super.close();
      }
    };
  }

  private boolean isEndedWell() throws IOException {
    try {
      return process.waitFor(END_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException();
    }
  }

  private KibanException failed() throws IOException {
    isEndedWell();
    String said = new String(Files.readAllBytes(errors), StandardCharsets.UTF_8).strip();
    String reason = said.isEmpty() ? "it ended without a word" : said.replaceAll("\\s+", " ");
    return new KibanException(
        Outcome.FAILED,
        BackupMessage.POSTGRESQL_FAILED,
        name,
        reason.substring(0, Math.min(REASON, reason.length())));
  }

  /** Ends the program, if it has not ended. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      Files.deleteIfExists(errors);
    } catch (IOException e) {
      LOG.warn("{} remains: {}", errors, e.toString());
    }
  }
}
