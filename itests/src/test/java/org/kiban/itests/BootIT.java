package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An operator's first minutes: start, ask, be refused, crash, start again, stop. */
class BootIT {

  private static final String NOBODY = "65534";

  @Test
  void bootsWithoutNetworkAndWithoutMavenRepositoryAsPlainUser() throws IOException {
    assumeTrue(mayUnshare(), "unshare -n is not permitted here: no way to take the network away");
    Path folder = Files.createTempDirectory("kiban 起動 ");
    Distribution distribution = Distribution.unpack(folder.resolve("配布"));
    try (NodeProcess node = NodeProcess.create(distribution.home(), folder.resolve("ノード"))) {
      Path empty = Files.createDirectories(folder.resolve("empty home"));
      node.with("HOME", empty.toString()).with("MAVEN_OPTS", "").through(offline(folder));

      node.start();

      assertThat(node.kiban("status").expect(0).out().lines().count()).isBetween(1L, 12L);
      assertThat(owner(node)).isNotEqualTo("0");
      assertThat(Files.exists(empty.resolve(".m2"))).isFalse();
      node.stop();
    } finally {
      Distribution.delete(folder);
    }
  }

  private static boolean mayUnshare() {
    return Shell.run(List.of("unshare", "-n", "true")).status() == 0;
  }

  /**
   * A network of nothing but loopback; a plain user who owns the node's folder and nothing else.
   */
  private static String[] offline(Path folder) {
    List<String> command =
        new ArrayList<>(
            List.of("unshare", "-n", "sh", "-c", "ip link set lo up && exec \"$@\"", "sh"));
    if ("root".equals(System.getProperty("user.name"))) {
      Shell.run(List.of("chmod", "755", folder.toString())).expect(0);
      Shell.run(List.of("chown", "-R", NOBODY, folder.resolve("ノード").toString())).expect(0);
      command.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    }
    return command.toArray(String[]::new);
  }

  private static String owner(NodeProcess node) {
    long pid = node.process().orElseThrow().pid();
    return Shell.run(List.of("ps", "-o", "uid=", "-p", Long.toString(pid))).expect(0).out().strip();
  }

  @Test
  void refusesASecondStartAndSurvivesKillAndRestart() {
    try (NodeProcess node = NodeProcess.create("再起動").start()) {
      long first = node.process().orElseThrow().pid();

      Shell.Result second = node.kiban("start");
      assertThat(second.status()).isEqualTo(3);
      assertThat(second.err()).contains("KBN-LAUNCH-004").contains(Long.toString(first));
      assertThat(node.process().orElseThrow().pid()).isEqualTo(first);

      node.kill();
      assertThat(node.kiban("status").status()).isEqualTo(1);
      node.start();
      assertThat(node.process().orElseThrow().pid()).isNotEqualTo(first);
      assertThat(node.kiban("status").status()).isZero();

      node.stop();
      assertThat(node.process()).isEmpty();
      assertThat(node.kiban("status").status()).isEqualTo(1);
    }
  }

  @Test
  void printsTheFirstPasswordOnceAndKeepsItNowhere() throws IOException {
    try (NodeProcess node = NodeProcess.create("初回")) {
      String first = node.kiban("start").expect(0).out();
      node.stop();
      String again = node.kiban("start").expect(0).out();

      assertThat(first).contains("administrator password");
      assertThat(again).doesNotContain("password");
      String password =
          first.lines().filter(l -> l.contains(" / password")).findFirst().orElseThrow();
      String secret = password.substring(password.lastIndexOf(' ') + 1);
      assertThat(secret).hasSizeGreaterThan(15);
      assertThat(Shell.run(List.of("grep", "-rlF", secret, node.data().toString())).out())
          .isEmpty();
      assertThat(Shell.run(List.of("grep", "-rlF", secret, node.etc().toString())).out()).isEmpty();
    }
  }

  @Test
  void twoNodesOnOneMachineShareTheProgramOnly() {
    try (NodeProcess first = NodeProcess.create("甲").start();
        NodeProcess second = NodeProcess.create("乙").start()) {
      assertThat(first.kiban("status").status()).isZero();
      assertThat(second.kiban("status").status()).isZero();

      first.stop();

      assertThat(second.kiban("status").status()).isZero();
      assertThat(first.kiban("status").status()).isEqualTo(1);
    }
  }

  @Test
  void leavesTheProgramUntouched() {
    try (NodeProcess node = NodeProcess.create("不変").start()) {
      node.stop();
    }
    Shell.Result changed =
        Shell.run(
            List.of(
                "tar",
                "--compare",
                "-zf",
                Distribution.archive().toString(),
                "-C",
                Distribution.shared().home().getParent().toString(),
                "--no-same-owner",
                "--no-same-permissions"));
    assertThat(changed.out().lines().filter(line -> !line.matches(".*(Uid|Gid|Mode) differs")))
        .isEmpty();
  }
}
