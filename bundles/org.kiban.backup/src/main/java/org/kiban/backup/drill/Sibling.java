package org.kiban.backup.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.backend.Target;
import org.kiban.backup.blank.Typed;
import org.kiban.backup.repository.DamagedException;
import org.kiban.backup.repository.Repository.Password;
import org.kiban.backup.tree.Trees;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * A node that is restored beside this one, to see that it could be. It runs in a network of its own
 * without any way out, on the same ports, and has no interface, route, peer or backup to serve:
 * nothing that it does reaches the world.
 */
public final class Sibling {

  /** What would let it act on the world, below its configuration. */
  private static final List<String> HANDS =
      List.of("exchange", "routes", "peers", "org.kiban.exchange.node.cfg.json");

  /** Where messaging wrote how many messages there were, below the node or the municipality. */
  private static final String COUNTED = "messaging/queues.json";

  private static final Duration QUICK = Duration.ofMinutes(2);

  private final Path program;
  private final Path scratch;
  private final String owner;

  /**
   * @param home the program
   * @param scratch a directory of its own
   * @param owner whose backup it is, for messages
   */
  Sibling(Path home, Path scratch, String owner) {
    this.program = home.resolve("bin/kiban");
    this.scratch = scratch;
    this.owner = owner;
  }

  /**
   * What the program answered.
   *
   * @param last the line that says what is wrong
   * @param text all of it
   */
  private record Answer(int status, String last, String text) {}

  /** A directory for what is brought in. */
  Path scratch() {
    return scratch;
  }

  /** Its data. */
  Path data() {
    return scratch.resolve("var");
  }

  /** Its configuration. */
  Path etc() {
    return scratch.resolve("etc");
  }

  /** Makes it what it is to be, without hands. */
  void fill(Filling filling) throws IOException {
    Files.createDirectories(
        scratch,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try {
      filling.fill(this);
    } catch (KibanException e) {
      throw e.code() == BackupMessage.DRILL_RESTORE
          ? e
          : failed(BackupMessage.DRILL_RESTORE, e.getMessage(), owner);
    } catch (DamagedException e) {
      throw failed(BackupMessage.DRILL_RESTORE, e.getMessage(), owner);
    }
    disarm();
  }

  /** Restores it as an operator would. */
  void restore(
      Target place, Optional<String> secret, String node, Password password, Duration limit)
      throws IOException {
    List<String> words = new ArrayList<>(List.of(program.toString(), "restore"));
    words.addAll(Typed.words(place));
    words.addAll(List.of("--node", node, "--scratch"));
    if (secret.isPresent()) {
      words.addAll(List.of("--secret-file", kept(secret.get()).toString()));
    }
    Answer answer = run(limit, password.text() + '\n', words);
    if (answer.status() != 0) {
      throw failed(BackupMessage.DRILL_RESTORE, answer.last(), owner);
    }
  }

  /** In a file that goes with the sibling: a key has several lines, and arguments can be seen. */
  private Path kept(String secret) throws IOException {
    Path file =
        Files.createTempFile(
            scratch,
            "secret",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, secret);
  }

  private void disarm() throws IOException {
    Path etc = etc();
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
      throw failed(BackupMessage.DRILL_START, answer.last(), owner);
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
      throw failed(BackupMessage.DRILL_VERIFY, code, answer.last(), owner);
    }
  }

  /**
   * Holds the messages that wait to those that waited when it was saved.
   *
   * @return how many there are; -1 if nobody counted them then
   */
  long countMessages() throws IOException {
    Path counted = data().resolve(owner).resolve(COUNTED);
    if (!Files.exists(counted)) {
      return -1;
    }
    Answer answer = run(QUICK, "", List.of(program.toString(), "exec", "messaging:list --json"));
    if (answer.status() != 0) {
      throw failed(BackupMessage.DRILL_START, answer.last(), owner);
    }
    Map<String, Long> waiting = new TreeMap<>();
    for (JsonNode queue : new ObjectMapper().readTree(answer.text())) {
      String code = queue.path("queue").asText().split("\\.", 2)[0];
      waiting.merge(code, queue.path("messages").asLong(), Long::sum);
    }
    JsonNode saved = new ObjectMapper().readTree(counted.toFile());
    for (String code : (Iterable<String>) saved::fieldNames) {
      long least = saved.path(code).path("least").asLong();
      long most = saved.path(code).path("most").asLong();
      long now = waiting.getOrDefault(code, 0L);
      if (now < least || now > most) {
        throw failed(BackupMessage.DRILL_MESSAGES, code, now, least, most, owner);
      }
    }
    return waiting.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Ends it and removes all of it. */
  void close() throws IOException {
    if (Files.exists(data().resolve("run"))) {
      run(QUICK, "", List.of(program.toString(), "stop"));
    }
    Trees.remove(scratch);
  }

  private Answer run(Duration limit, String input, List<String> command) throws IOException {
    Path output = Files.createTempFile(scratch, "output", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    builder.environment().put("KIBAN_DATA", data().toString());
    builder.environment().put("KIBAN_ETC", etc().toString());
    builder.environment().put("KIBAN_LANG", "en");
    builder.environment().put("KIBAN_START_TIMEOUT", Long.toString(limit.toSeconds()));
    Process process = builder.start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    try {
      boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
      return ended
          ? new Answer(process.exitValue(), last(output), Files.readString(output))
          : new Answer(-1, "> " + limit.toSeconds() + " s", "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(-1, "interrupted", "");
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
