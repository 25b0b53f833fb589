package org.kiban.update.tool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A supplier with keys and an empty repository. */
abstract class Bench {

  @TempDir Path folder;

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  Instant now = Instant.parse("2026-11-23T01:02:03Z");

  @BeforeEach
  void givenARepository() throws IOException {
    for (String key : List.of("r1", "r2", "r3", "targets", "online", "online2")) {
      run("keygen", "keys/" + key);
    }
    run(
        "init",
        "repo",
        "--root",
        "keys/r1",
        "--root",
        "keys/r2",
        "--threshold",
        "2",
        "--targets",
        "keys/targets",
        "--snapshot",
        "keys/online",
        "--timestamp",
        "keys/online");
    Files.writeString(folder.resolve("a.kar"), "content");
  }

  String run(String... words) throws IOException {
    shown.reset();
    List<String> list = new ArrayList<>();
    for (String word : words) {
      boolean path =
          word.startsWith("keys/") || word.startsWith("repo") || word.matches("[^/*]+\\.kar");
      list.add(path ? folder.resolve(word).toString() : word);
    }
    PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    new Main(out, () -> now).run(list);
    return shown();
  }

  /** What was said last. */
  String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  static String[] with(String[] more, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  String verify() throws IOException {
    return run("verify", "repo", "--anchor", "repo/metadata/1.root.json");
  }

  void publish(String key) throws IOException {
    run("publish", "repo", "--snapshot", key, "--timestamp", key);
  }
}
