package org.kiban.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.storage.Journal;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;
import org.kiban.time.vote.Vote;

class EvidenceTest {

  private static final Instant AT = Instant.parse("2026-11-23T01:02:03Z");

  @TempDir private Path directory;
  private Journal journal;
  private Evidence evidence;

  @BeforeEach
  void open() throws IOException {
    journal =
        new JournalsComponent(new DurableFilesComponent())
            .open(directory.resolve("evidence"), new SecretKeySpec(new byte[32], "AES"));
    evidence = new Evidence(journal);
    evidence.started(AT, TimeSource.parse("a 192.0.2.1", "b 192.0.2.2"));
    evidence.jumped(AT.plusSeconds(1), -2000);
    evidence.voted(
        AT.plusSeconds(2),
        Optional.of(new Vote.Verdict(-1_000_000, 2_000_000, List.of("b"), 2)),
        List.of(view("a", SourceView.Verdict.TRUE), view("b", SourceView.Verdict.FALSE)));
  }

  @AfterEach
  void close() throws IOException {
    journal.close();
  }

  private static SourceView view(String name, SourceView.Verdict verdict) {
    return new SourceView(name, "192.0.2.1:123", verdict, "1", 0.5, 0.1, 1.0, AT, "");
  }

  @Test
  void theNewestAreShownInWords() throws IOException {
    assertThat(evidence.newest(2))
        .extracting(Evidence.Entry::position, Evidence.Entry::kind, Evidence.Entry::detail)
        .containsExactly(
            tuple(2L, "jump", "-2000.000 ms"),
            tuple(3L, "vote", "-1.000 … +2.000 ms, a, b (false)"));
  }

  @Test
  void whatIsExportedProvesItselfWithoutTheNode() throws Exception {
    // when
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    evidence.export(out);

    // then
    assertThat(thenEachFollowsFromTheOneBefore(out, 0, new byte[32])).isEqualTo(3);
    assertThat(evidence.verify())
        .isEqualTo(new Evidence.Chain(3, 1, HexFormat.of().formatHex(journal.head()), List.of()));
  }

  @Test
  void whatIsOldGoesAndTheRestStillProvesItself() throws Exception {
    // given two years of entries
    Instant now = AT;
    for (int day = 0; day < 730; day++) {
      now = AT.plus(Duration.ofDays(day));
      evidence.jumped(now, 10);
      evidence.expire(now, Duration.ofDays(365));
    }

    // then those of one year, and little more, are there
    Evidence.Chain chain = evidence.verify();
    assertThat(chain.damages()).isEmpty();
    assertThat(chain.entries()).isBetween(365L, 365L + 2 * 23 + 20);
    List<Evidence.Entry> kept = evidence.newest(1000);
    assertThat(kept).hasSize((int) chain.entries());
    assertThat(kept.get(0).position()).isEqualTo(chain.first());
    assertThat(kept).filteredOn(e -> e.kind().equals("expired")).isNotEmpty();
    assertThat(kept.get(0).at()).isAfter(now.minus(Duration.ofDays(365 + 2 * 23)));

    // and what is exported begins with what they follow
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    evidence.export(out);
    Journal.Base base = journal.base();
    assertThat(out.toString(StandardCharsets.UTF_8).lines().findFirst())
        .hasValue(
            "{\"position\":%d,\"hash\":\"%s\"}"
                .formatted(base.position(), HexFormat.of().formatHex(base.hash())));
    assertThat(thenEachFollowsFromTheOneBefore(out, base.position(), base.hash()))
        .isEqualTo(journal.last());
  }

  private static long thenEachFollowsFromTheOneBefore(
      ByteArrayOutputStream out, long before, byte[] hashBefore) throws Exception {
    byte[] hash = hashBefore;
    long position = before;
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      JsonNode entry = new ObjectMapper().readTree(line);
      if (entry.has("payload")) {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(hash);
        sha256.update(ByteBuffer.allocate(8).putLong(++position).array());
        hash = sha256.digest(entry.get("payload").asText().getBytes(StandardCharsets.UTF_8));
        assertThat(entry.get("hash").asText()).isEqualTo(HexFormat.of().formatHex(hash));
      }
    }
    return position;
  }

  @Test
  void aByteThatWasChangedIsFound() throws IOException {
    // given
    Path segment;
    try (Stream<Path> files = Files.list(directory.resolve("evidence"))) {
      segment = files.max(Comparator.comparingLong(f -> f.toFile().length())).orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(segment);
    int written = bytes.length;
    while (bytes[written - 1] == 0) {
      written--;
    }
    bytes[written - 50] ^= 1;

    // when
    Files.write(segment, bytes);

    assertThat(evidence.verify().damages()).isNotEmpty();
  }
}
