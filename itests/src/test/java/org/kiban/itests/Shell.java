package org.kiban.itests;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program as an operator's terminal would, with standard input at its end. */
public final class Shell {

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private Shell() {}

  /**
   * What a program answered.
   *
   * @param status its exit status
   * @param out its standard output
   * @param err its standard error
   */
  public record Result(int status, String out, String err) {

    /** Fails, showing everything, unless the program ended as expected. */
    public Result expect(int expected) {
      if (status != expected) {
        throw new AssertionError(
            "exit status %d instead of %d%n--- out%n%s%n--- err%n%s"
                .formatted(status, expected, out, err));
      }
      return this;
    }
  }

  /** Runs a program in the environment of the tests. */
  public static Result run(List<String> command) {
    return run(command, Map.of());
  }

  /**
   * Runs a program and waits for its end, five minutes at most.
   *
   * @param command the program and its arguments
   * @param environment added to that of the tests; an empty value removes a variable
   */
  public static Result run(List<String> command, Map<String, String> environment) {
    try {
      Path out = Files.createTempFile("kiban", ".out");
      Path err = Files.createTempFile("kiban", ".err");
      try {
        ProcessBuilder builder = new ProcessBuilder(command);
        environment.forEach(
            (name, value) -> {
              if (value.isEmpty()) {
                builder.environment().remove(name);
              } else {
                builder.environment().put(name, value);
              }
            });
        builder.redirectInput(new File("/dev/null"));
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        Process process = builder.start();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError(
              command + " still runs after " + LIMIT + ": " + Files.readString(out));
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
