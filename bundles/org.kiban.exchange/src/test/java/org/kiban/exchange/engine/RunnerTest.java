package org.kiban.exchange.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.exchange.api.Inbound;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.api.Transport;

/** What fails beside the work, or at its end, does not end the work. */
class RunnerTest {

  @TempDir Path root;

  @Test
  void roundsGoOnWhileWhatIsOldCannotBeRemoved() throws Exception {
    // given something in the store that cannot be removed
    Path store = root.resolve("data/332020/exchange/store");
    Files.createDirectories(store.resolve("000000000099.seg/unremovable"));
    Bench bench = new Bench(root);
    bench.declare("031-atena", WorksiteTest.ATENA.formatted("content"));
    CountDownLatch rounds = new CountDownLatch(3);
    Worksite.Node node = bench.node();
    Transports transports = new Transports();
    transports.add(counting(rounds));

    // when
    try (Runner runner = new Runner(Bench.KURASHIKI, Bench.config(), with(node, transports))) {
      // then
      assertThat(rounds.await(20, TimeUnit.SECONDS)).as("rounds").isTrue();
      assertThat(runner.execute().toString()).contains("KBN-EXCHANGE-308");
    }
  }

  @Test
  void aBatchThatMetABugDoesNotKeepTheRestFromBeingClosed() throws Exception {
    Bench bench = new Bench(root);
    try (bench) {
      Relay<Intake.Taken> relay = new Relay<>(bench.open().courier::stage, "test");
      relay.hand(new Intake.Taken(Collections.singletonList(null), List.of(), 0));

      assertThatCode(relay::close).doesNotThrowAnyException();
    }
  }

  private static Worksite.Node with(Worksite.Node node, Transports transports) {
    return new Worksite.Node(
        node.paths(),
        node.files(),
        node.journals(),
        node.databases(),
        node.keys(),
        node.clock(),
        transports,
        node.partners());
  }

  /** A transport by which nothing comes, which counts how often it is asked. */
  private static Transport counting(CountDownLatch polls) {
    return (Transport)
        Proxy.newProxyInstance(
            RunnerTest.class.getClassLoader(),
            new Class<?>[] {Transport.class, Inbound.class, Outbound.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "type" -> "directory";
                  case "hashCode" -> 1;
                  case "equals" -> proxy == args[0];
                  case "holds", "distant", "showsUnfinished" -> false;
                  case "confirmed" -> List.of();
                  case "poll" -> {
                    polls.countDown();
                    yield List.of();
                  }
                  case "openInbound", "openOutbound" -> proxy;
                  default -> null;
                });
  }
}
