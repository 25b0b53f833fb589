package org.kiban.update.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.kiban.core.KibanException;

/** From a supplier's first key to a repository that a node follows. */
class MainTest extends Bench {

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
