package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kiban.itests.Linkage.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** An integrator's day with one route on a real node; the steps build on one another. */
@ExtendWith(SharedNode.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RouteIT {

  private static final String CODE = "372013";
  private static final Duration SOON = Duration.ofSeconds(30);

  private static final String COPY =
      """
      - route:
          id: copy
          from:
            uri: file:copy/in?initialDelay=0&delay=50
            steps:
              - setBody:
                  simple: "${bodyAs(String)} %s"
              - to: %s
      """;

  private NodeProcess node;

  @BeforeAll
  void enable(NodeProcess shared) {
    node = shared;
    node.configure("org.kiban.route~" + CODE + ".cfg.json", "{\"grace-seconds\": 2}");
    node.exec("municipality:enable " + CODE + " route").expect(0);
    await(SOON, "routes are served", () -> node.exec("route:list " + CODE).status() == 0);
  }

  @Test
  @Order(1)
  void aFileThatIsDroppedRuns() throws IOException {
    drop("one", "file:copy/out");
    await(SOON, "it runs", () -> state().equals("running"));
    send("a");
    await(SOON, "a message passes", () -> received("a", "a one"));

    JsonNode route = route();
    assertThat(route.get("components").get(0).asText()).isEqualTo("file");
    assertThat(route.get("in-flight").asInt()).isZero();
    assertThat(node.exec("route:list " + CODE).expect(0).out()).contains("copy", "running");
  }

  @Test
  @Order(2)
  void anEditedOneReplacesIt() throws IOException {
    drop("two", "file:copy/out");
    await(SOON, "it is the second version", () -> route().get("number").asInt() == 2);
    send("b");

    await(SOON, "a message passes", () -> received("b", "b two"));
    assertThat(route().get("pause-milliseconds").asLong()).isBetween(0L, 2_000L);
  }

  @Test
  @Order(3)
  void aWrongOneIsRefusedWithFileAndLineAndTheRunningOneGoesOn() throws IOException {
    drop("three", "nosuchthing:x");
    await(SOON, "it is refused", () -> route().get("problems").size() > 0);

    JsonNode problem = route().get("problems").get(0);
    assertThat(problem.get("code").asText()).startsWith("KBN-ROUTE-");
    assertThat(problem.get("line").asInt()).isPositive();
    assertThat(problem.get("reason").asText()).contains("copy.camel.yaml", "nosuchthing");
    assertThat(state()).isEqualTo("running");
    send("c");
    await(SOON, "the second version goes on", () -> received("c", "c two"));
  }

  @Test
  @Order(4)
  void checkAndDeploySayTheSameAndChangeNothing() throws IOException {
    Path wrong = file("three", "nosuchthing:x");

    assertThat(node.exec("route:check " + CODE + " '" + wrong + "'").expect(3).out())
        .contains("KBN-");
    assertThat(node.exec("route:deploy " + CODE + " '" + wrong + "'").expect(3).err())
        .contains("KBN-ROUTE-003");
    assertThat(state()).isEqualTo("running");
  }

  @Test
  @Order(5)
  void oneThatDoesNotStayWellGivesWayToTheOneBefore() throws IOException {
    for (int i = 0; i < 8; i++) {
      send("bad" + i);
    }
    node.exec("route:stop " + CODE + " copy").expect(0);
    for (int i = 0; i < 8; i++) {
      send("fails" + i);
    }
    node.exec("route:start " + CODE + " copy").expect(0);
    Path sick = file("four", "file:copy/gone?autoCreate=false&directoryMustExist=true");
    Thread sender = new Thread(this::keepSending);
    sender.start();
    Shell.Result answer = node.exec("route:deploy " + CODE + " '" + sick + "'");
    sender.interrupt();

    assertThat(answer.expect(1).err()).contains("KBN-ROUTE-006");
    assertThat(state()).isEqualTo("running");
    assertThat(route().get("version").asText()).isNotEmpty();
    send("d");
    await(SOON, "the version before runs again", () -> received("d", "d two"));
  }

  @Test
  @Order(6)
  void oneWhoseConsumerIsUnhealthyGivesWayThoughNoMessageFails() throws IOException {
    Path blind = file("five", "file:copy/out");
    String from = "copy/in?";
    String nowhere = "copy/nowhere?autoCreate=false&directoryMustExist=true&";
    Files.writeString(blind, Files.readString(blind).replace(from, nowhere));

    assertThat(node.exec("route:deploy " + CODE + " '" + blind + "'").expect(1).err())
        .contains("KBN-ROUTE-006", "Consumer failed polling", "copy/nowhere");
    assertThat(state()).isEqualTo("running");
    send("g");
    await(SOON, "the version before runs again", () -> received("g", "g two"));
  }

  private void keepSending() {
    try {
      for (int i = 0; !Thread.currentThread().isInterrupted() && i < 200; i++) {
        send("more" + i);
        Linkage.pause(20);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Order(7)
  void whatFailedIsKeptAndReplayed() {
    int kept = route().get("kept").asInt();
    assertThat(kept).isPositive();
    assertThat(node.exec("route:replay --dry-run " + CODE + " copy").expect(0).out())
        .contains("copy/in");

    node.exec("route:replay " + CODE + " copy").expect(0);
    assertThat(route().get("kept").asInt()).isZero();
  }

  @Test
  @Order(8)
  void anOperatorGoesBackStopsAndStarts() throws IOException {
    node.exec("route:swap --to previous " + CODE + " copy").expect(0);
    send("e");
    await(SOON, "the first version runs again", () -> received("e", "e one"));

    assertThat(node.exec("route:drain " + CODE + " copy").expect(0).out()).contains("stopped");
    node.exec("route:start " + CODE + " copy").expect(0);
    assertThat(state()).isEqualTo("running");
  }

  @Test
  @Order(9)
  void itComesBackWhenItsLibrariesAreRefreshed() throws IOException {
    node.exec("bundle:refresh org.kiban.platform.camel").expect(0);
    await(SOON.multipliedBy(2), "it runs again", () -> state().equals("running"));
    send("f");
    await(SOON, "a message passes", () -> received("f", "f one"));
  }

  @Test
  @Order(10)
  void aDeletedFileTakesItsRouteWithIt() throws IOException {
    Files.delete(node.etc().resolve("routes/" + CODE + "/copy.camel.yaml"));

    await(SOON, "it is gone", () -> node.exec("route:show " + CODE + " copy").status() == 2);
    node.exec("route:remove " + CODE + " copy").expect(2);
  }

  private void drop(String word, String to) {
    node.configure("routes/" + CODE + "/copy.camel.yaml", COPY.formatted(word, to));
  }

  private Path file(String word, String to) throws IOException {
    Path folder = Files.createDirectories(node.data().resolveSibling("desk"));
    return Files.writeString(folder.resolve("copy.camel.yaml"), COPY.formatted(word, to));
  }

  private String state() {
    return route().get("state").asText();
  }

  private JsonNode route() {
    try {
      Shell.Result answer = node.exec("route:list --json " + CODE);
      JsonNode all = new ObjectMapper().readTree(answer.status() == 0 ? answer.out() : "[]");
      return StreamSupport.stream(all.spliterator(), false)
          .filter(r -> r.get("name").asText().equals("copy"))
          .findFirst()
          .orElseGet(
              () -> new ObjectMapper().createObjectNode().put("state", "none").put("number", 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path files() {
    return node.data().resolve(CODE).resolve("route/files/copy");
  }

  private void send(String text) throws IOException {
    Path in = Files.createDirectories(files().resolve("in"));
    Files.writeString(in.resolve("." + text), text);
    Files.move(in.resolve("." + text), in.resolve(text), StandardCopyOption.ATOMIC_MOVE);
  }

  private boolean received(String name, String text) {
    try {
      return Files.readString(files().resolve("out").resolve(name)).equals(text);
    } catch (IOException e) {
      return false;
    }
  }
}
