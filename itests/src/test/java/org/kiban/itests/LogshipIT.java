package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logs of a business system and of the node itself on a real node: rotated, the node killed
 * meanwhile, each event there once, and nothing to be read of what must not leave.
 */
class LogshipIT {

  private static final String CODE = "332020";
  private static final Charset CP932 = Charset.forName("windows-31j");
  private static final int LINES = 5_000;

  @TempDir private Path folder;

  private final NodeProcess node = NodeProcess.create("ログ");
  private int written;

  @Test
  void shipsEachEventOnceThroughRotationAndKill() throws IOException {
    try {
      Path log = Files.createDirectories(folder.resolve("業務")).resolve("gyomu.log");
      givenANodeThatShips(log);
      write(log);
      awaitEvents(LINES);

      // Rotated while the node is down, and written on.
      write(log);
      node.kill();
      write(log);
      Files.move(log, log.resolveSibling("gyomu.log.1"));
      write(log);
      node.start();
      awaitEvents(4 * LINES);

      thenNoWordOfTheConfigurationWasUnknownWhileTheNodeCameUp();
      thenNothingIsMissingOrToldTwice();
      thenHealthHasNothingToSay();
      thenAWrongLineIsRefused(log);
    } finally {
      node.close();
    }
  }

  private void givenANodeThatShips(Path log) {
    configure(
        quoted("gyomu files=", log, " charset=windows-31j")
            + ", \"node type=node-log\", "
            + quoted("other files=", node.data().resolve("131041/**"), ""));
    node.start();
    node.exec("municipality:enable " + CODE + " logship").expect(0);
  }

  /** A line of the configuration with a path that has blanks in it. */
  private static String quoted(String before, Path path, String after) {
    return '"' + before + "\\\"" + path + "\\\"" + after + '"';
  }

  private void configure(String sources) {
    node.configure(
        "org.kiban.logship~" + CODE + ".cfg.json",
        "{\"sources\": ["
            + sources
            + "], \"destinations\": [\"here type=local\"], \"poll-milliseconds\": 100,"
            + " \"settle-seconds\": 1, \"masks\": [\"password=(\\\\S+)\"]}");
  }

  private void write(Path log) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < LINES; i++) {
      lines.append("%07d 髙橋　花子 １２３４５６７８９０１８ password=ひみつ\n".formatted(written++));
    }
    Files.write(
        log,
        lines.toString().getBytes(CP932),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private void awaitEvents(int count) {
    Linkage.await(
        Duration.ofMinutes(1),
        count + " events",
        () -> node.exec(status()).status() == 0 && events() == count);
  }

  private static String status() {
    return "logship:status " + CODE + " --json";
  }

  private long events() {
    try {
      long sum = 0;
      for (JsonNode row : json(status())) {
        sum += row.path("source").asText().equals("gyomu") ? row.path("events").asLong() : 0;
      }
      return sum;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void thenNoWordOfTheConfigurationWasUnknownWhileTheNodeCameUp() throws IOException {
    assertThat(Files.readString(node.data().resolve("log/karaf.log")))
        .contains("kiban")
        .doesNotContain("KBN-LOGSHIP-003");
  }

  private void thenNothingIsMissingOrToldTwice() throws IOException {
    JsonNode hits = json("logship:search " + CODE + " 髙橋 --limit 100000 --json");
    assertThat(hits).hasSize(4 * LINES);
    assertThat(hits.findValuesAsText("text")).doesNotHaveDuplicates();
    assertThat(hits.get(0).path("text").asText())
        .isEqualTo("0000000 髙橋　花子 ＊＊＊＊＊＊＊＊＊＊＊＊ password=*********");
    assertThat(node.exec("logship:search " + CODE + " org.kiban").expect(0).out())
        .as("the node's own log")
        .contains("karaf.log");
    assertThat(json("logship:gaps " + CODE + " --json").get(0).path("verdict").asText())
        .isEqualTo("ok");
    node.exec("logship:verify " + CODE).expect(0);
    node.exec("logship:replay " + CODE + " here").expect(0);
    node.exec("logship:replay " + CODE + " nowhere").expect(2);
    node.exec("logship:accept " + CODE + " 'nothing was lost'").expect(0);
    node.exec("logship:accept " + CODE + " ' '").expect(2);
    node.exec("logship:search " + CODE + " x --from yesterday").expect(2);
    node.exec("logship:search " + CODE + " x --limit 0").expect(2);
    node.exec("logship:status 131041").expect(2);
  }

  private void thenHealthHasNothingToSay() {
    Linkage.await(
        Duration.ofMinutes(1),
        "a node without warnings about logs",
        () -> !node.kiban("status").out().contains("! logship"));
  }

  private void thenAWrongLineIsRefused(Path log) {
    configure(quoted("gyomu files=", log, " charset=utf-16"));
    Linkage.await(
        Duration.ofMinutes(1),
        "the refusal of the charset",
        () -> node.exec("municipality:show " + CODE).out().contains("KBN-LOGSHIP-003"));
  }

  private JsonNode json(String command) throws IOException {
    return new ObjectMapper().readTree(node.exec(command).expect(0).out());
  }
}
