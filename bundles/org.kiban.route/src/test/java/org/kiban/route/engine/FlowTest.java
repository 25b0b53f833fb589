package org.kiban.route.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.route.api.RouteState;
import org.kiban.route.api.RouteView;

/** Exchanges in flight and exchanges that failed. */
class FlowTest {

  @TempDir private Path root;
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(root);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void what_is_in_flight_is_finished_by_the_version_that_began_it() throws Exception {
    bench.desk.deploy("copy.camel.yaml", bytes(slow("one")), (s, n) -> {});
    bench.send("a");
    bench.await(() -> bench.desk.show("copy").inFlight() == 1);
    List<RouteState> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
    Thread watcher =
        new Thread(
            () -> {
              while (bench.desk.show("copy").number() < 2) {
                RouteView now = bench.desk.show("copy");
                if (now.inFlight() == 1) {
                  seen.add(now.state());
                }
              }
            });
    watcher.start();

    bench.desk.deploy("copy.camel.yaml", bytes(slow("two")), (s, n) -> {});
    watcher.join();

    assertThat(bench.received()).containsExactly("a one");
    assertThat(seen).contains(RouteState.DRAINING);
    bench.send("b");
    bench.await(() -> bench.received().contains("b two"));
  }

  @Test
  void what_does_not_finish_in_time_is_cut_off_and_comes_again() throws IOException {
    bench.close();
    bench =
        new Bench(
            root,
            new Settings(Duration.ofMillis(20), Duration.ofMillis(200), Duration.ZERO, 50, 2, 3));
    bench.desk.deploy("copy.camel.yaml", bytes(slow("one").replace("1000", "60000")), (s, n) -> {});
    bench.send("a");
    bench.await(() -> bench.desk.show("copy").inFlight() == 1);

    bench.desk.deploy("copy.camel.yaml", bytes(slow("two")), (s, n) -> {});

    bench.await(() -> bench.received().contains("a two"));
  }

  private String slow(String word) {
    return bench
        .copy(word)
        .replace("        - to:", "        - delay: { constant: 1000 }\n        - to:");
  }

  @Test
  void failed_exchanges_are_kept_and_replayed() throws IOException {
    bench.desk.deploy(
        "f.camel.yaml",
        bytes(
            """
            - route:
                id: f
                from:
                  uri: file:%s/in?initialDelay=0&delay=20
                  steps:
                    - to: file:%s/gone?autoCreate=false&directoryMustExist=true
            """
                .formatted(root, root)),
        (s, n) -> {});
    bench.send("個人");
    bench.await(() -> bench.desk.show("f").kept() == 1);

    assertThat(bench.desk.failed("f"))
        .singleElement()
        .satisfies(e -> assertThat(e.bytes()).isEqualTo(6));
    try (Stream<Path> kept = Files.walk(bench.data().resolve("failed"))) {
      assertThat(kept.filter(Files::isRegularFile))
          .allSatisfy(f -> assertThat(Files.readAllBytes(f)).asString().doesNotContain("個人"));
    }
    assertThatThrownBy(() -> bench.desk.replay("f", List.of()))
        .hasMessageContaining("KBN-ROUTE-017");
    assertThat(bench.desk.show("f").kept()).isEqualTo(1);
    assertThatThrownBy(() -> bench.desk.replay("f", List.of("x")))
        .hasMessageContaining("KBN-ROUTE-018");

    Files.createDirectories(root.resolve("gone"));
    assertThat(bench.desk.replay("f", List.of())).isEqualTo(1);
    assertThat(bench.desk.show("f").kept()).isZero();
    assertThat(root.resolve("gone").resolve("個人.txt")).hasContent("個人");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
