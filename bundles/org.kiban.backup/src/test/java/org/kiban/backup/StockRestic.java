package org.kiban.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The stock restic, judge of what we write; tests are skipped, and say so, where it is missing. */
public final class StockRestic {

  private final String repository;
  private final Path passwordFile;
  private final Map<String, String> access;

  /** What a command ended with, and what it printed. */
  public record Answer(int status, String text) {}

  public StockRestic(Path repository, String password, Path scratch) throws IOException {
    this(repository.toString(), password, scratch, Map.of());
  }

  /** Somewhere else than in a directory, with what it takes to get there. */
  public StockRestic(String repository, String password, Path scratch, Map<String, String> access)
      throws IOException {
    boolean there =
        List.of(System.getenv("PATH").split(":")).stream()
            .anyMatch(d -> Files.isExecutable(Path.of(d, "restic")));
    assumeTrue(there, "restic is not installed (apt-get install restic): not judged by it");
    this.repository = repository;
    this.access = access;
    this.passwordFile = Files.writeString(scratch.resolve("password"), password);
  }

  public Answer run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("restic", "--no-cache", "-q"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "RESTIC_REPOSITORY", repository, "RESTIC_PASSWORD_FILE", passwordFile.toString()));
    builder.environment().putAll(access);
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new Answer(process.exitValue(), text);
  }

  /** Must succeed; returns what was printed. */
  public String done(String... arguments) throws Exception {
    Answer answer = run(arguments);
    assertThat(answer.status()).as(answer.text()).isZero();
    return answer.text();
  }
}
