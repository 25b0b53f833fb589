package org.kiban.time.chrony;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Asks chrony how it is, by its own program and in its form for machines. Safe for any thread. */
public final class Chronyc {

  private static final int PATIENCE_SECONDS = 5;
  private static final int MOST_BYTES = 1 << 16;
  private static final Map<String, String> STATES =
      Map.of(
          "*", "selected",
          "+", "combined",
          "-", "not-combined",
          "x", "falseticker",
          "~", "too-variable",
          "?", "unusable");

  private final Path program;
  private final String socket;

  /**
   * @param program where {@code chronyc} lies
   * @param socket chrony's command socket; empty for chronyc's own way
   */
  public Chronyc(Path program, String socket) {
    this.program = program;
    this.socket = socket;
  }

  /**
   * How chrony keeps the clock.
   *
   * @param reference what it follows
   * @param stratum its distance from a reference clock
   * @param offsetMilliseconds how far the system's clock is from chrony's idea of the time
   * @param boundMilliseconds the most that it claims to be off
   * @param leap its word for leap seconds; {@code Not synchronised} if it follows nothing
   */
  public record Tracking(
      String reference,
      int stratum,
      double offsetMilliseconds,
      double boundMilliseconds,
      String leap) {}

  /**
   * One of chrony's sources.
   *
   * @param address as chrony names it
   * @param state selected, combined, not-combined, falseticker, too-variable or unusable
   */
  public record Source(String address, String state) {}

  /**
   * Asks how the clock is kept.
   *
   * @throws IOException if chrony is not there or does not answer; says why
   */
  public Tracking tracking() throws IOException {
    String[] f = ask("tracking").get(0).split(",", -1);
    try {
      double offset = Double.parseDouble(f[4]);
      // As chrony documents it: offset + dispersion + half of the delay.
      double bound = Math.abs(offset) + Double.parseDouble(f[11]) + Double.parseDouble(f[10]) / 2;
      return new Tracking(f[1], Integer.parseInt(f[2]), offset * 1e3, bound * 1e3, f[13]);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IOException("chronyc answers in a form unknown here", e);
    }
  }

  /**
   * Asks for the sources.
   *
   * @throws IOException if chrony is not there or does not answer; says why
   */
  public List<Source> sources() throws IOException {
    List<Source> sources = new ArrayList<>();
    for (String line : ask("sources")) {
      String[] f = line.split(",", -1);
      if (f.length < 3) {
        throw new IOException("chronyc answers in a form unknown here");
      }
      sources.add(new Source(f[2], STATES.getOrDefault(f[1], f[1])));
    }
    return sources;
  }

  /**
   * Counts the sources that NTS vouches for now: keys were agreed on, so that nobody between can
   * write answers.
   *
   * @throws IOException if chrony is not there or does not answer; says why
   */
  public long authenticated() throws IOException {
    return ask("authdata").stream()
        .map(line -> line.split(",", -1))
        .filter(f -> f.length > 2 && f[1].equals("NTS") && !f[2].equals("0"))
        .count();
  }

  private List<String> ask(String question) throws IOException {
    if (!Files.isExecutable(program)) {
      throw new IOException("no program " + program);
    }
    List<String> command = new ArrayList<>(List.of(program.toString(), "-n", "-c"));
    if (!socket.isEmpty()) {
      command.addAll(List.of("-h", socket));
    }
    command.add(question);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .start();
    try {
      // Its answers fit into a pipe, so that it ends before anybody reads.
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("chronyc does not answer");
      }
      byte[] answer = process.getInputStream().readNBytes(MOST_BYTES);
      String text = new String(answer, StandardCharsets.UTF_8).strip();
      if (process.exitValue() != 0 || text.isEmpty()) {
        throw new IOException(text.isEmpty() ? "chronyc says nothing" : text);
      }
      return text.lines().toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
