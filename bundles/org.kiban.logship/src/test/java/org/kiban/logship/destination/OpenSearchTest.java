package org.kiban.logship.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.MunicipalityCode;
import org.kiban.logship.Segments;
import org.kiban.logship.ship.Letter;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.Segment;
import org.kiban.logship.tls.TestNode;
import org.kiban.storage.DurableFilesComponent;
import org.opensearch.search.SearchHit;

class OpenSearchTest {

  private static final MunicipalityCode CODE = new MunicipalityCode("332020");

  @TempDir private static Path home;
  private static TestNode server;
  private static TestNode client;
  private static TestNode stranger;
  private static OpenSearchNode search;

  @TempDir private Path directory;

  @BeforeAll
  static void startIt() throws Exception {
    server = TestNode.in(home, "search");
    client = TestNode.in(home, "kura1");
    stranger = TestNode.in(home, "stranger");
    search = OpenSearchNode.start(home.resolve("os"), server, client, 0);
  }

  @AfterAll
  static void stopIt() throws IOException {
    search.close();
  }

  @Test
  void takesEachEventOnceHoweverOftenItIsSent() throws Exception {
    Origin file = Segments.origin("a");
    Segment first = Segments.plain(file, Position.START, "住民票 発行\n印鑑証明 発行\r\n");
    Segment second = Segments.plain(file, first.after(), "戸籍 照会\n");
    try (OpenSearchDestination destination = destination(client, "once")) {
      destination.position(file, Position.START);
      sent(destination, first);
      sent(destination, first);
      sent(destination, second);
    }
    try (OpenSearchDestination later = destination(client, "once")) {
      later.position(file, Position.START);
      assertThat(sent(later, first)).isEqualTo(first.after());
      assertThat(sent(later, second)).isEqualTo(second.after());
    }

    List<SearchHit> found = search.documents("once-2026.11.23");
    assertThat(found)
        .extracting(h -> h.getSourceAsMap().get("message"))
        .containsExactly("住民票 発行", "印鑑証明 発行", "戸籍 照会");
    assertThat(found.get(1).getId()).isEqualTo("kura1:" + "a".repeat(32) + ":17");
  }

  @Test
  void putsAnEventWhereItsOwnDayIs() throws Exception {
    Origin file = Segments.origin("b");
    Segment segment =
        documents(
            file,
            "{\"message\":\"年越し\",\"@timestamp\":\"2025-12-31T23:59:59.123456789Z\"}",
            "{\"message\":\"明けて\",\"@timestamp\":\"2026-01-01T00:00:00Z\","
                + "\"fields\":{\"利用者\":\"101\"}}");
    try (OpenSearchDestination destination = destination(client, "days")) {
      destination.position(file, Position.START);
      sent(destination, segment);
    }

    assertThat(search.documents("days-2025.12.31"))
        .extracting(h -> h.getSourceAsMap().get("message"))
        .containsExactly("年越し");
    assertThat(search.documents("days-2026.01.01"))
        .extracting(h -> h.getSourceAsMap().get("fields").toString())
        .containsExactly("{利用者=101}");
  }

  @Test
  void keepsWhatIsRefusedForGoodAndSendsTheRest() throws Exception {
    Origin file = Segments.origin("c");
    // longer than any term of an index may be
    String tooLong = "{\"message\":\"中\",\"fields\":{\"a\":\"" + "x".repeat(40_000) + "\"}}";
    Segment segment = documents(file, "{\"message\":\"前\"}", tooLong, "{\"message\":\"後\"}");
    DeadLetters dead = new DeadLetters(directory, new DurableFilesComponent());
    try (OpenSearchDestination destination = destination(client, "dead")) {
      destination.position(file, Position.START);
      assertThat(sent(destination, segment)).isEqualTo(segment.after());
      destination.position(file, Position.START);
      assertThat(sent(destination, segment)).isEqualTo(segment.after());
    }

    assertThat(search.documents("dead-*"))
        .extracting(h -> h.getSourceAsMap().get("message"))
        .containsExactly("前", "後");
    assertThat(dead.all()).hasSize(1);
    try (OpenSearchDestination destination = destination(client, "dead")) {
      assertThat(destination.stored(file, segment.after())).isEqualTo(2);
      assertThat(destination.dead()).hasSize(1);
      assertThat(destination.dead().get(0).reason()).startsWith("400");
      assertThat(destination.retry()).as("still refused").isEmpty();
      assertThat(destination.giveUp()).hasSize(1);
      assertThat(destination.dead()).isEmpty();
    }
  }

  @Test
  void takesADeadLetterOnceItsCauseIsGone() throws Exception {
    Origin file = Segments.origin("f");
    Segment segment = documents(file, "{\"message\":\"一\"}");
    DeadLetters dead = new DeadLetters(directory, new DurableFilesComponent());
    try (OpenSearchDestination destination = destination(client, "late")) {
      Bulk.Item item = new Bulk(CODE, client.name(), "late").items(segment).get(0);
      byte[] reason = "{\"reason\":\"400 closed\"}\n".getBytes(StandardCharsets.UTF_8);
      byte[] letter = Arrays.copyOf(reason, reason.length + item.lines().length);
      System.arraycopy(item.lines(), 0, letter, reason.length, item.lines().length);
      dead.keep(item.id(), List.of(letter));
      destination.position(file, Position.START);
      assertThat(destination.stored(file, segment.after())).isZero();

      assertThat(destination.retry()).extracting(Letter::offset).containsExactly(0L);
      assertThat(destination.stored(file, segment.after())).isEqualTo(1);
      assertThat(destination.dead()).isEmpty();
    }
  }

  @Test
  void keepsBodiesBelowTheLimit() throws Exception {
    Origin file = Segments.origin("d");
    Segment segment = Segments.plain(file, Position.START, ("あ".repeat(1000) + '\n').repeat(2000));
    try (OpenSearchDestination destination = destination(client, "large")) {
      destination.position(file, Position.START);
      sent(destination, segment);
    }

    assertThat(search.documents("large-*")).hasSize(2000);
  }

  @Test
  void speaksOnlyToThoseItTrusts() {
    try (OpenSearchDestination destination = destination(stranger, "no")) {
      assertThatThrownBy(() -> destination.position(Segments.origin("e"), Position.START))
          .isInstanceOf(IOException.class);
    }
  }

  private OpenSearchDestination destination(TestNode who, String prefix) {
    return new OpenSearchDestination(
        URI.create("https://localhost:" + search.port() + "/"),
        () -> server.peer().context(who),
        Optional::empty,
        new Bulk(CODE, who.name(), prefix),
        new DeadLetters(directory, new DurableFilesComponent()));
  }

  private static Position sent(OpenSearchDestination destination, Segment segment)
      throws Exception {
    return destination.send(segment).get(60, TimeUnit.SECONDS);
  }

  private static Segment documents(Origin origin, String... lines) {
    List<Integer> offsets = new ArrayList<>();
    int at = 0;
    for (String line : lines) {
      offsets.add(at);
      at += line.getBytes(StandardCharsets.UTF_8).length + 1;
    }
    byte[] body = (String.join("\n", lines) + '\n').getBytes(StandardCharsets.UTF_8);
    return new Segment(
        origin,
        Position.START,
        at,
        lines.length,
        Segment.Form.DOCUMENT,
        body,
        body.length,
        offsets.stream().mapToInt(i -> i).toArray());
  }
}
