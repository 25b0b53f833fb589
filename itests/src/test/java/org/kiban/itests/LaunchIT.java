package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/kiban} itself: what it says and refuses before there is a node. */
class LaunchIT {

  @ParameterizedTest
  @ValueSource(strings = {"1.8.0_402", "11.0.22", "21.0.3", "25", "170.1"})
  void refusesEveryOtherJava(String version) throws IOException {
    try (NodeProcess node = NodeProcess.create("別の Java")) {
      Path home = javaThatSays(node, "openjdk version \"%s\" 2026-01-01".formatted(version));

      Shell.Result result = node.with("JAVA_HOME", home.toString()).kiban("start");

      assertThat(result.status()).isEqualTo(3);
      assertThat(result.err()).contains("KBN-LAUNCH-003").contains(version);
      assertThat(node.data()).doesNotExist();
    }
  }

  @Test
  void refusesAJavaThatDoesNotSayItsVersion() throws IOException {
    try (NodeProcess node = NodeProcess.create("無言の Java")) {
      Path home = javaThatSays(node, "");

      Shell.Result result =
          node.with("JAVA_HOME", home.toString()).with("KIBAN_LANG", "ja_JP.UTF-8").kiban("start");

      assertThat(result.status()).isEqualTo(3);
      assertThat(result.err()).contains("KBN-LAUNCH-003").contains("JDK 17 が必要です").contains("不明");
    }
  }

  @Test
  void anotherNodeGetsNothingThatIsTheFirstNodesOwn() throws IOException {
    Path home = Distribution.unpack(Distribution.work().resolve("配布 二台")).home();
    List<String> own =
        List.of(
            "exchange/332020/031-atena.yaml",
            "org.kiban.municipality~332020.cfg.json",
            "partner/332020.json",
            "peers/osaka/332020.properties",
            "tls/server.key");
    for (String file : own) {
      Files.createDirectories(home.resolve("etc").resolve(file).getParent());
      Files.writeString(home.resolve("etc").resolve(file), "first");
    }
    try (NodeProcess node = NodeProcess.create(home, Distribution.work().resolve("ノード 二台目"))) {
      Path java = javaThatSays(node, "openjdk version \"17.0.1\" 2026-01-01");

      Shell.Result result = node.with("JAVA_HOME", java.toString()).kiban("start");

      assertThat(result.err()).contains("KBN-LAUNCH-008");
      assertThat(node.etc().resolve("kiban.env")).exists();
      assertThat(node.etc().resolve("partner/business-ids.json")).exists();
      assertThat(node.etc().resolve("samples/exchange/332020/031-atena.yaml")).exists();
      assertThat(own).allSatisfy(file -> assertThat(node.etc().resolve(file)).doesNotExist());
    }
  }

  private static Path javaThatSays(NodeProcess node, String line) throws IOException {
    Path java = node.etc().resolveSibling("偽 jdk/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\necho '" + line + "' >&2\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    return java.getParent().getParent();
  }

  @Test
  void refusesWithoutAnyJava() {
    try (NodeProcess node = NodeProcess.create("Java なし")) {
      Shell.Result result = node.with("JAVA_HOME", "/nonexistent").kiban("start");

      assertThat(result.status()).isEqualTo(3);
      assertThat(result.err()).contains("KBN-LAUNCH-002");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "frobnicate", "start now", "exec", "exec a b", "stop 1"})
  void answersWrongUseWithStatusTwo(String arguments) {
    try (NodeProcess node = NodeProcess.create("使い方")) {
      Shell.Result result = node.kiban(arguments.isEmpty() ? new String[0] : arguments.split(" "));

      assertThat(result.status()).isEqualTo(2);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).contains("usage: kiban");
    }
  }

  @Test
  void printsVersionAndHelpInBothLanguages() {
    try (NodeProcess node = NodeProcess.create("版")) {
      assertThat(node.kiban("--version").expect(0).out())
          .isEqualTo("kiban " + System.getProperty("kiban.version") + "\n");
      assertThat(node.kiban("help").expect(0).out()).contains("usage: kiban <command>");
      assertThat(node.with("KIBAN_LANG", "ja").kiban("--help").expect(0).out()).contains("使い方");
    }
  }

  @Test
  void worksThroughASymbolicLink() throws IOException {
    try (NodeProcess node = NodeProcess.create("リンク")) {
      Path link = node.etc().resolveSibling("基盤 link");
      Files.createSymbolicLink(link, node.home().resolve("bin/kiban"));

      assertThat(Shell.run(List.of(link.toString(), "--version")).expect(0).out())
          .startsWith("kiban ");
    }
  }

  @Test
  void processNumberUsedAgainByAnotherProgramIsNotTheNode() throws IOException {
    try (NodeProcess node = NodeProcess.create("古い番号")) {
      Path run = Files.createDirectories(node.data().resolve("run"));
      Files.writeString(run.resolve("kiban.lock"), "");
      Files.writeString(run.resolve("kiban.pid"), ProcessHandle.current().pid() + "\n");

      Shell.Result stop = node.kiban("stop").expect(0);
      Shell.Result status = node.kiban("status");

      assertThat(stop.out()).contains("not running");
      assertThat(status.status()).isEqualTo(1);
      assertThat(status.out().lines().count() + status.err().lines().count())
          .isLessThanOrEqualTo(12);
    }
  }

  @Test
  void saysWhenTheDataDirectoryCannotBeWritten() throws IOException {
    try (NodeProcess node = NodeProcess.create("書けない")) {
      Files.writeString(node.data(), "a file where a directory should be");

      Shell.Result result = node.kiban("start");

      assertThat(result.status()).isEqualTo(1);
      assertThat(result.err()).contains("KBN-LAUNCH-006");
    }
  }
}
