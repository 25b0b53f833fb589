package org.kiban.backup.drill;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.repository.Repository.Password;
import org.kiban.backup.tree.Trees;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * A node that is restored beside this one, to see that it could be. It runs in a network of its own
 * without any way out, on the same ports, and has no interface, route, peer or backup to serve:
 * nothing that it does reaches the world.
 */
final class Sibling {

  /** What would let it act on the world, below its configuration. */
  private static final List<String> HANDS =
      List.of("exchange", "routes", "peers", "org.kiban.exchange.node.cfg.json");

  private static final Duration QUICK = Duration.ofMinutes(2);

  private final Path program;
  private final Path scratch;

  /**
   * @param home the program
   * @param scratch a directory of its own
   */
  Sibling(Path home, Path scratch) {
    this.program = home.resolve("bin/kiban");
    this.scratch = scratch;
  }

  private record Answer(int status, String last) {}

  /** Restores it, offline, as an operator would. */
  void restore(String location, String node, Password password, Duration limit) throws IOException {
    Files.createDirectories(scratch);
    Answer answer =
        run(
            limit,
            password.text() + '\n',
            List.of(program.toString(), "restore", location, "--node", node, "--scratch"));
    if (answer.status() != 0) {
      throw failed(BackupMessage.DRILL_RESTORE, answer.last());
    }
    disarm();
  }

  private void disarm() throws IOException {
    Path etc = scratch.resolve("etc");
    for (String name : HANDS) {
      Trees.remove(etc.resolve(name));
    }
    try (DirectoryStream<Path> backups = Files.newDirectoryStream(etc, "org.kiban.backup*")) {
      for (Path file : backups) {
        Files.delete(file);
      }
    }
  }

  /** Starts it where it reaches nobody, and waits until it is ready. */
  void start(Duration limit) throws IOException {
    Answer alone = run(QUICK, "", isolated("true"));
    if (alone.status() != 0) {
      throw failed(BackupMessage.DRILL_NOT_ISOLATED, alone.last());
    }
    Answer answer = run(limit, "", isolated("exec \"$0\" start"));
    if (answer.status() != 0) {
      throw failed(BackupMessage.DRILL_START, answer.last());
    }
  }

  private List<String> isolated(String command) {
    List<String> words = new ArrayList<>(List.of("unshare", "--net"));
    if (!System.getProperty("user.name").equals("root")) {
      words.addAll(List.of("--user", "--map-root-user"));
    }
    words.addAll(List.of("sh", "-c", "ip link set lo up && " + command, program.toString()));
    return words;
  }

  /** Has the ledger of a municipality and all that was delivered held to their hashes. */
  void verify(String code, Duration limit) throws IOException {
    Answer answer = run(limit, "", List.of(program.toString(), "exec", "exchange:verify " + code));
    if (answer.status() != 0) {
      throw failed(BackupMessage.DRILL_VERIFY, code, answer.last());
    }
  }

  /** Ends it and removes all of it. */
  void close() throws IOException {
    if (Files.exists(scratch.resolve("var/run"))) {
      run(QUICK, "", List.of(program.toString(), "stop"));
    }
    Trees.remove(scratch);
  }

  private Answer run(Duration limit, String input, List<String> command) throws IOException {
    Path output = Files.createTempFile(scratch, "output", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    builder.environment().put("KIBAN_DATA", scratch.resolve("var").toString());
    builder.environment().put("KIBAN_ETC", scratch.resolve("etc").toString());
    builder.environment().put("KIBAN_LANG", "en");
    builder.environment().put("KIBAN_START_TIMEOUT", Long.toString(limit.toSeconds()));
    Process process = builder.start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    try {
      boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
      String last = ended ? last(output) : "> " + limit.toSeconds() + " s";
      return new Answer(ended ? process.exitValue() : -1, last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(-1, "interrupted");
    } finally {
      if (process.isAlive()) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      Files.deleteIfExists(output);
    }
  }

  /** The line that says what is wrong: the one with a code, or else the last. */
  private static String last(Path output) throws IOException {
    List<String> lines =
        Files.readAllLines(output).stream().map(String::strip).filter(l -> !l.isEmpty()).toList();
    return lines.stream()
        .filter(l -> l.startsWith("KBN-"))
        .findFirst()
        .orElse(lines.isEmpty() ? "" : lines.get(lines.size() - 1));
  }

  private static KibanException failed(BackupMessage message, Object... arguments) {
    return new KibanException(Outcome.FAILED, message, arguments);
  }
}
