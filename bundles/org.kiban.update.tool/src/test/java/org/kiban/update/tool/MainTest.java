package org.kiban.update.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.KibanException;

/** From a supplier's first key to a repository that a node follows. */
class MainTest {

  @TempDir private Path folder;

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private Instant now = Instant.parse("2026-11-23T01:02:03Z");

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

  private String run(String... words) throws IOException {
    shown.reset();
    List<String> list = new ArrayList<>();
    for (String word : words) {
      boolean path = word.startsWith("keys/") || word.startsWith("repo") || word.equals("a.kar");
      list.add(path ? folder.resolve(word).toString() : word);
    }
    PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    new Main(out, () -> now).run(list);
    return shown.toString(StandardCharsets.UTF_8);
  }

  private String verify() throws IOException {
    return run("verify", "repo", "--anchor", "repo/metadata/1.root.json");
  }

  private void add(String version) throws IOException {
    run(
        "add",
        "repo",
        "a.kar",
        "--kind",
        "addon",
        "--id",
        "jp.example.a",
        "--version",
        version,
        "--lane",
        "urgent",
        "--ja",
        "修正",
        "--targets",
        "keys/targets");
  }

  private void publish(String key) throws IOException {
    run("publish", "repo", "--snapshot", key, "--timestamp", key);
  }

  @Test
  void whatIsAddedIsVisibleOncePublished() throws IOException {
    add("1.0.0");
    assertThat(verify()).doesNotContain("a.kar");

    publish("keys/online");

    assertThat(verify()).contains("addon/a.kar", "修正", "urgent", "root 1, state 2");
  }

  @Test
  void whatIsTakenOutIsNoLongerOffered() throws IOException {
    add("1.0.0");
    run("remove", "repo", "addon/a.kar", "--targets", "keys/targets");
    publish("keys/online");

    assertThat(verify()).doesNotContain("a.kar");
  }

  @Test
  void keysAreReplacedByARootThatEnoughOfTheOldOnesSigned() throws IOException {
    run("rotate", "repo", "--role", "timestamp", "--key", "keys/online2", "--root", "keys/r1");
    assertThatThrownBy(this::verify).isInstanceOf(KibanException.class);

    run("sign", "repo/metadata/2.root.json", "--key", "keys/r2");
    run("publish", "repo", "--snapshot", "keys/online", "--timestamp", "keys/online2");

    assertThat(verify()).contains("root 2");
    publish("keys/online");
    assertThatThrownBy(this::verify).isInstanceOf(KibanException.class);
  }

  @Test
  void rootKeysAreReplacedByOldAndNewTogether() throws IOException {
    run(
        "rotate", "repo", "--role", "root", "--key", "keys/r3", "--root", "keys/r1", "--root",
        "keys/r2", "--root", "keys/r3");

    assertThat(verify()).contains("root 2");
  }

  @Test
  void aStateThatNobodyRenewsEnds() throws IOException {
    now = now.plus(Duration.ofDays(31));
    assertThatThrownBy(this::verify).isInstanceOf(KibanException.class);

    publish("keys/online");

    assertThat(verify()).contains("state 2");
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThatThrownBy(() -> run("bake", "repo")).hasMessageContaining("bake");
    assertThatThrownBy(() -> run("add", "repo", "a.kar", "--kind", "addon", "--id", "a"))
        .hasMessageContaining("--version");
    assertThatThrownBy(
            () ->
                run(
                    "rotate",
                    "repo",
                    "--role",
                    "timestamp",
                    "--key",
                    "keys/online2",
                    "--threshold",
                    "2",
                    "--root",
                    "keys/r1"))
        .hasMessageContaining("threshold");
    assertThatThrownBy(() -> run("init", "repo", "--root", "keys/r1", "--targets", "keys/targets"))
        .hasMessageContaining("already");
  }
}
