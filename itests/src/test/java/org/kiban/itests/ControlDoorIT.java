package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator or a cron job sees of {@code bin/kiban exec}; standard input is at its end. */
@ExtendWith(SharedNode.class)
class ControlDoorIT {

  @Test
  void theExitStatusTellsHowACommandEnded(NodeProcess node) {
    assertThat(node.exec("municipality:list").status()).isZero();
    assertThat(node.exec("municipality:list --nope").status()).isEqualTo(2);
    assertThat(node.exec("nothing:here").status()).isEqualTo(2);
    assertThat(node.exec("echo \"unclosed").status()).isEqualTo(2);
    assertThat(node.exec("municipality:show 999999").status()).isNotZero();
  }

  @Test
  void aFailureIsCodedAndHasNoStackTrace(NodeProcess node) {
    Shell.Result result = node.exec("nothing:here");

    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("KBN-CONTROL-004").doesNotContain("\tat ", "\u001b");
  }

  @Test
  void administratorsReachKarafThroughThePipe(NodeProcess node) {
    Shell.Result result = node.exec("bundle:list -s -t 0 | grep org.kiban.control").expect(0);

    assertThat(result.out()).contains("Active").doesNotContain("\u001b");
  }

  @Test
  void everyScopeHasAnAccessList(NodeProcess node) {
    String lists =
        node.exec("config:list \"(service.pid=org.apache.karaf.command.acl.*)\"").expect(0).out();
    List<String> scopes =
        node.exec("help")
            .expect(0)
            .out()
            .lines()
            .filter(line -> line.matches("[a-z]+:.*"))
            .map(line -> line.substring(0, line.indexOf(':')))
            .distinct()
            .toList();

    assertThat(scopes).contains("node", "municipality", "bundle", "shell");
    assertThat(scopes).allSatisfy(s -> assertThat(lists).contains("command.acl." + s + "\n"));
  }

  @Test
  void twentyAtOnceAreAllAnswered(NodeProcess node) throws Exception {
    ExecutorService operators = Executors.newFixedThreadPool(20);
    try {
      List<Callable<Shell.Result>> asking =
          IntStream.range(0, 20)
              .mapToObj(i -> (Callable<Shell.Result>) () -> node.exec("echo number-" + i))
              .toList();
      List<Future<Shell.Result>> answers = operators.invokeAll(asking);
      for (int i = 0; i < 20; i++) {
        assertThat(answers.get(i).get().expect(0).out()).isEqualTo("number-" + i + "\n");
      }
    } finally {
      operators.shutdownNow();
    }
  }
}
