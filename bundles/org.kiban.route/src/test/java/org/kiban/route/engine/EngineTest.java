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
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.route.api.RouteProblem;
import org.kiban.route.api.RouteState;
import org.kiban.route.api.RouteView;

class EngineTest {

  private static final Settings WATCHED =
      new Settings(Duration.ofMillis(20), Duration.ofSeconds(5), Duration.ofSeconds(1), 50, 2, 3);

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
  void a_dropped_file_runs_an_edited_one_replaces_it_and_a_deleted_one_ends() throws IOException {
    bench.drop("copy.camel.yaml", bench.copy("one"));
    bench.await("copy", RouteState.RUNNING);
    bench.send("a");
    bench.await(() -> bench.received().contains("a one"));

    bench.drop("copy.camel.yaml", bench.copy("two"));
    bench.await(() -> bench.desk.show("copy").number() == 2);
    bench.send("b");
    bench.await(() -> bench.received().contains("b two"));
    assertThat(bench.desk.show("copy").pauseMilliseconds()).isBetween(0L, 2_000L);
    assertThat(bench.desk.show("copy").components()).containsExactly("file");
    assertThat(bench.desk.show("copy").routes()).containsExactly("copy");

    Files.delete(bench.etc().resolve("copy.camel.yaml"));
    bench.await(() -> bench.desk.list().isEmpty());
    assertThatThrownBy(() -> bench.desk.show("copy")).hasMessageContaining("KBN-ROUTE-001");
  }

  @Test
  void xml_runs_as_yaml_does() {
    bench.drop(
        "x.camel.xml",
        """
        <routes xmlns="http://camel.apache.org/schema/xml-io">
          <route id="x"><from uri="timer:x?delay=0&amp;period=20"/><log message="tick"/></route>
        </routes>
        """);
    bench.await(
        () -> bench.desk.list().stream().anyMatch(r -> r.name().equals("x") && r.completed() > 0));
  }

  @Test
  void a_refused_version_names_file_line_and_reason_and_the_running_one_goes_on()
      throws IOException {
    bench.drop("copy.camel.yaml", bench.copy("one"));
    bench.await("copy", RouteState.RUNNING);

    bench.drop("copy.camel.yaml", bench.copy("two FORBIDDEN"));
    bench.await(() -> !bench.desk.show("copy").problems().isEmpty());

    RouteView shown = bench.desk.show("copy");
    assertThat(shown.state()).isEqualTo(RouteState.RUNNING);
    assertThat(shown.problems())
        .extracting(RouteProblem::line, RouteProblem::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(7, "copy.camel.yaml: line 7: a forbidden word"));
    assertThat(aside()).hasSize(2);
    bench.send("a");
    bench.await(() -> bench.received().contains("a one"));

    bench.drop("copy.camel.yaml", bench.copy("one"));
    bench.await(() -> bench.desk.show("copy").problems().isEmpty());
    assertThat(bench.desk.show("copy").number()).isEqualTo(1);
  }

  @Test
  void what_cannot_be_built_is_refused_with_its_line() {
    bench.drop(
        "bad.camel.yaml",
        """
        - route:
            id: bad
            from:
              uri: timer:bad
              steps:
                - to: nosuchcomponent:x
        """);
    bench.await("bad", RouteState.REFUSED);

    assertThat(bench.desk.show("bad").problems())
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.code()).isEqualTo("KBN-ROUTE-004");
              assertThat(p.reason()).contains("nosuchcomponent").contains("bad.camel.yaml");
              assertThat(p.line()).isPositive();
            });
  }

  @Test
  void a_version_that_does_not_stay_well_gives_way_to_the_one_before() throws IOException {
    bench.close();
    bench = new Bench(root, WATCHED);
    bench.drop("t.camel.yaml", timer("log:fine"));
    bench.await("t", RouteState.RUNNING);
    String good = bench.desk.show("t").version();
    bench.await(() -> bench.desk.show("t").number() == 1);
    bench.close();
    bench = new Bench(root, WATCHED);
    bench.drop(
        "t.camel.yaml", timer("file:" + root + "/gone?autoCreate=false&directoryMustExist=true"));
    bench.await(
        () ->
            bench.desk.list().stream()
                .anyMatch(
                    r ->
                        r.state() == RouteState.RUNNING
                            && !r.problems().isEmpty()
                            && r.version().equals(good)));

    assertThat(bench.desk.show("t").problems().get(0).code()).isEqualTo("KBN-ROUTE-006");
    assertThat(bench.desk.show("t").kept()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void a_version_whose_consumer_cannot_poll_gives_way_though_no_exchange_fails()
      throws IOException {
    bench.close();
    bench = new Bench(root, WATCHED);
    bench.desk.deploy("copy.camel.yaml", bytes(bench.copy("one")), (s, n) -> {});
    String blind =
        bench.copy("two").replace("/in?", "/nowhere?autoCreate=false&directoryMustExist=true&");

    assertThatThrownBy(() -> bench.desk.deploy("copy.camel.yaml", bytes(blind), (s, n) -> {}))
        .hasMessageStartingWith("KBN-ROUTE-006")
        .hasMessageContaining("Consumer failed polling")
        .hasMessageContaining("nowhere");

    bench.send("a");
    bench.await(() -> bench.received().contains("a one"));
    assertThat(bench.desk.show("copy").failed()).isZero();
  }

  @Test
  void deploying_what_fails_puts_the_file_back_as_it_was() throws IOException {
    bench.desk.deploy("copy.camel.yaml", bytes(bench.copy("one")), (s, n) -> {});
    assertThatThrownBy(
            () ->
                bench.desk.deploy("copy.camel.yaml", bytes(bench.copy("FORBIDDEN")), (s, n) -> {}))
        .isInstanceOfSatisfying(
            KibanException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.REFUSED))
        .hasMessageContaining("copy.camel.yaml: line 7");
    assertThatThrownBy(
            () ->
                bench.desk.deploy(
                    "copy.camel.yaml",
                    bytes(bench.copy("two").replace("delay=20", "delay=20&noSuchOption=1")),
                    (s, n) -> {}))
        .hasMessageContaining("noSuchOption");

    assertThat(bench.etc().resolve("copy.camel.yaml")).hasContent(bench.copy("one"));
    assertThat(bench.desk.show("copy").state()).isEqualTo(RouteState.RUNNING);
    assertThatThrownBy(() -> bench.desk.deploy("../x.camel.yaml", new byte[0], (s, n) -> {}))
        .hasMessageContaining("KBN-ROUTE-007");
  }

  @Test
  void a_first_version_that_cannot_run_leaves_nothing_behind() {
    assertThatThrownBy(
            () ->
                bench.desk.deploy(
                    "copy.camel.yaml",
                    bytes(bench.copy("two").replace("delay=20", "noSuchOption=1")),
                    (s, n) -> {}))
        .hasMessageContaining("noSuchOption");

    assertThat(bench.etc().resolve("copy.camel.yaml")).doesNotExist();
    assertThat(bench.desk.list()).isEmpty();
  }

  @Test
  void deploying_while_the_folder_is_looked_at_leaves_one_context_that_is_known() throws Exception {
    Thread rounds =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                bench.engine.round();
              }
            });
    rounds.start();
    for (int i = 0; i < 10; i++) {
      bench.desk.deploy("copy.camel.yaml", bytes(bench.copy("v" + i)), (s, n) -> {});
      assertThat(bench.desk.show("copy").state()).isEqualTo(RouteState.RUNNING);
      bench.desk.remove("copy", (s, n) -> {});
    }
    rounds.interrupt();
    rounds.join();

    assertThat(bench.desk.list()).isEmpty();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().endsWith("332020-copy"));
  }

  @Test
  void an_operator_goes_back_to_the_version_before() throws IOException {
    bench.desk.deploy("copy.camel.yaml", bytes(bench.copy("one")), (s, n) -> {});
    bench.desk.deploy("copy.camel.yaml", bytes(bench.copy("two")), (s, n) -> {});

    RouteView back = bench.desk.swap("copy", "previous", (s, n) -> {});

    assertThat(back.number()).isEqualTo(3);
    assertThat(bench.etc().resolve("copy.camel.yaml")).hasContent(bench.copy("one"));
    assertThatThrownBy(() -> bench.desk.swap("copy", "ffff", (s, n) -> {}))
        .hasMessageContaining("KBN-ROUTE-015");
  }

  @Test
  void a_stopped_route_stays_stopped_over_a_restart_until_it_is_started() throws IOException {
    bench.desk.deploy("copy.camel.yaml", bytes(bench.copy("one")), (s, n) -> {});
    assertThat(bench.desk.stop("copy", (s, n) -> {}).state()).isEqualTo(RouteState.STOPPED);

    bench.close();
    bench = new Bench(root);
    bench.await("copy", RouteState.STOPPED);
    bench.drop("copy.camel.yaml", bench.copy("two"));
    bench.engine.round();
    bench.engine.round();
    assertThat(bench.desk.show("copy").state()).isEqualTo(RouteState.STOPPED);

    assertThat(bench.desk.start("copy", (s, n) -> {}).state()).isEqualTo(RouteState.RUNNING);
    bench.send("a");
    bench.await(() -> bench.received().contains("a two"));
  }

  @Test
  void after_a_restart_the_last_good_version_runs_though_the_file_is_wrong() throws IOException {
    bench.desk.deploy("copy.camel.yaml", bytes(bench.copy("one")), (s, n) -> {});
    bench.close();
    bench = new Bench(root);
    bench.drop("copy.camel.yaml", bench.copy("FORBIDDEN"));
    bench.await("copy", RouteState.RUNNING);
    bench.send("a");

    bench.await(() -> bench.received().contains("a one"));
    bench.await(() -> !bench.desk.show("copy").problems().isEmpty());
  }

  @Test
  void a_folder_that_is_not_there_ends_nothing() throws IOException {
    bench.desk.deploy("copy.camel.yaml", bytes(bench.copy("one")), (s, n) -> {});
    Files.move(bench.etc(), root.resolve("elsewhere"));
    bench.engine.round();
    bench.engine.round();
    bench.engine.round();

    assertThat(bench.desk.show("copy").state()).isEqualTo(RouteState.RUNNING);
    assertThat(bench.engine.problem()).contains("not there");
  }

  private List<Path> aside() throws IOException {
    try (Stream<Path> all = Files.list(bench.data().resolve("quarantine"))) {
      return all.toList();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String timer(String to) {
    return """
        - route:
            id: t
            from:
              uri: timer:t?delay=0&period=20
              steps:
                - to: %s
        """
        .formatted(to);
  }
}
