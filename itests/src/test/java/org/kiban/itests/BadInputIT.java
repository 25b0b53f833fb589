package org.kiban.itests;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.kiban.itests.Linkage.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every kind of bad file on a real node: each ends in a named state with a coded message, and the
 * good file dropped after it passes. {@code -Dkiban.long-line-mib=2048} makes the endless line as
 * long as it gets.
 */
@ExtendWith(SharedNode.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {

  private static final String CODE = "382019";
  private static final String ID = "031-bad";
  private static final String SLOW = "031-slow";
  private static final String UNKNOWN = "031-unknown";
  private static final long LONG_LINE_MIB = Long.getLong("kiban.long-line-mib", 300);
  private static final String HEADER = "番号,氏名\r\n";
  private static final String GOOD = HEADER + "%d,松山太郎\r\n";

  private static final String DECLARATION =
      """
      interface: %s
      name: 悪い入力
      provider: "031"
      receive: { ready: { %s } }
      identity: %s
      consumers: [{ system: "010" }]
      input: { profile: standard }
      output: { profile: standard }
      columns:
        - { name: 番号, type: "9", length: 9, required: true }
        - { name: 氏名, type: N, length: 20, required: true }
      maximum: { bytes: 4000000000 }
      """;

  private Linkage linkage;
  private List<JsonNode> deliveries;
  private int good;

  @BeforeAll
  void dropEverythingBadWithSomethingGoodAfterEach(NodeProcess node) throws IOException {
    linkage = new Linkage(node, CODE).enable("031", "010");
    linkage.declare(ID, DECLARATION.formatted(ID, "stable-seconds: 0, suffix: .tmp", "content"));
    linkage.declare(SLOW, DECLARATION.formatted(SLOW, "stable-seconds: 2", "file-name"));
    bad("empty.csv", "");
    bad("header-only.csv", HEADER);
    bad("columns.csv", HEADER + "1,松山太郎,余分\r\n2,松山花子\r\n");
    bad("quote.csv", HEADER + "1,\"閉じない\r\n2,松山花子\r\n");
    bad("nul.csv", HEADER + "1,松\u0000山\r\n2,道後花子\r\n");
    bad("torn.csv", new byte[][] {(HEADER + "1,").getBytes(UTF_8), {(byte) 0xE6, 0x0D, 0x0A}});
    bad("bom.csv", new byte[][] {(HEADER + "1,松山太郎\r\n").getBytes(UTF_16)});
    bad("a..b.csv", HEADER + "3,松山太郎\r\n");
    bad("bell\u0007.csv", HEADER + "4,松山太郎\r\n");
    longLine();
    link();
    unknown();
    twice();
    growing();
    sameKeyOtherContent();
    await(Duration.ofSeconds(120), "all is decided", this::isAllDecided);
  }

  private boolean isAllDecided() {
    deliveries = linkage.deliveries();
    return Linkage.files(linkage.root().resolve("in")).isEmpty()
        && deliveries.stream().noneMatch(d -> d.get("state").asText().equals("accepted"));
  }

  private void bad(String name, String content) throws IOException {
    bad(name, new byte[][] {content.getBytes(UTF_8)});
  }

  private void bad(String name, byte[][] content) throws IOException {
    Path beside = linkage.in(ID).resolve("bad.tmp");
    for (byte[] part : content) {
      Files.write(beside, part, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    Files.move(beside, linkage.in(ID).resolve(name));
    goodAfterwards();
  }

  private void goodAfterwards() throws IOException {
    good++;
    linkage.drop(ID, "good-" + good + ".csv", GOOD.formatted(1_000 + good).getBytes(UTF_8));
  }

  /** Header, and then a line that takes no room on the disk and does not end. */
  private void longLine() throws IOException {
    Path beside = linkage.in(ID).resolve("line.csv.tmp");
    Files.writeString(beside, HEADER + "1,松山");
    try (RandomAccessFile file = new RandomAccessFile(beside.toFile(), "rw")) {
      file.setLength(LONG_LINE_MIB << 20);
    }
    Files.move(beside, linkage.in(ID).resolve("line.csv"));
    goodAfterwards();
  }

  private void link() throws IOException {
    Path target = Files.writeString(linkage.root().resolve("secret.csv"), HEADER);
    Files.createSymbolicLink(linkage.in(ID).resolve("link.csv"), target);
    Files.createDirectory(linkage.in(ID).resolve("directory.csv"));
    goodAfterwards();
  }

  private void unknown() throws IOException {
    Files.createDirectories(linkage.in(UNKNOWN));
    Files.writeString(linkage.in(UNKNOWN).resolve("unknown.csv"), HEADER);
    goodAfterwards();
  }

  private void twice() throws IOException {
    byte[] content = (HEADER + "7,松山太郎\r\n").getBytes(UTF_8);
    linkage.drop(ID, "first.csv", content);
    gone(ID, "first.csv");
    linkage.drop(ID, "again.csv", content);
    goodAfterwards();
  }

  private void growing() throws IOException {
    Path file = Files.writeString(linkage.in(SLOW).resolve("growing.csv"), HEADER);
    for (int row = 1; row <= 30; row++) {
      Files.writeString(file, row + ",松山太郎\r\n", StandardOpenOption.APPEND);
      Linkage.pause(100);
    }
    gone(SLOW, "growing.csv");
  }

  private void sameKeyOtherContent() throws IOException {
    Path file = linkage.in(SLOW).resolve("key.csv");
    Files.writeString(file, GOOD.formatted(1));
    gone(SLOW, "key.csv");
    Files.writeString(file, GOOD.formatted(2));
  }

  private void gone(String id, String name) {
    Path file = linkage.in(id).resolve(name);
    await(Duration.ofSeconds(60), name + " is taken in", () -> Files.notExists(file));
  }

  @ParameterizedTest
  @CsvSource({
    "empty.csv, KBN-EXCHANGE-020",
    "quote.csv, KBN-EXCHANGE-028",
    "bom.csv, KBN-EXCHANGE-026",
    "line.csv, KBN-EXCHANGE-029",
    "a..b.csv, KBN-EXCHANGE-404",
    "link.csv, KBN-EXCHANGE-402",
    "directory.csv, KBN-EXCHANGE-403",
    "unknown.csv, KBN-EXCHANGE-401",
  })
  void isRefusedWithItsCodeAndKeptAside(String name, String code) {
    JsonNode delivery = only(name);
    assertThat(delivery.get("state").asText()).isEqualTo("refused");
    assertThat(delivery.get("code").asText()).isEqualTo(code);
    assertThat(delivery.get("reason").asText()).isNotBlank();
    assertThat(
            Files.exists(
                Path.of(delivery.get("quarantine").asText()),
                java.nio.file.LinkOption.NOFOLLOW_LINKS))
        .isTrue();
  }

  @Test
  void aNameWithAControlCharacterIsRefused() {
    assertThat(only("bell\u0007.csv").get("code").asText()).isEqualTo("KBN-EXCHANGE-404");
  }

  @ParameterizedTest
  @CsvSource({
    "columns.csv, 2, 1, KBN-EXCHANGE-050",
    "nul.csv, 2, 1, E0002",
    "torn.csv, 1, 1, E0002",
    "header-only.csv, 0, 0, ''"
  })
  void keepsAsideItsBadRowsOnly(String name, int rows, int bad, String code) throws IOException {
    JsonNode delivery = only(name);
    assertThat(delivery.get("state").asText()).isEqualTo("delivered");
    assertThat(delivery.get("rows-received").asInt()).isEqualTo(rows);
    assertThat(delivery.get("rows-quarantined").asInt()).isEqualTo(bad);
    if (bad > 0) {
      String kept = delivery.get("quarantine").asText();
      assertThat(Files.readString(Path.of(kept.replaceFirst("\\.rows$", ".errors.csv"))))
          .contains(code);
    }
  }

  @Test
  void theSameFileTwiceIsDeliveredOnce() {
    assertThat(only("first.csv").get("state").asText()).isEqualTo("delivered");
    assertThat(only("again.csv").get("state").asText()).isEqualTo("duplicate");
    assertThat(only("again.csv").get("code").asText()).isEqualTo("KBN-EXCHANGE-410");
    assertThat(linkage.out("010", ID).resolve("again.csv")).doesNotExist();
  }

  @Test
  void theSameKeyWithOtherContentIsRefused() {
    assertThat(named("key.csv"))
        .extracting(d -> d.get("state").asText())
        .containsExactlyInAnyOrder("delivered", "refused");
    assertThat(named("key.csv"))
        .extracting(d -> d.get("code").asText())
        .contains("KBN-EXCHANGE-409");
  }

  @Test
  void aFileThatGrowsIsTakenWhenItIsWhole() {
    assertThat(only("growing.csv").get("rows-delivered").asInt()).isEqualTo(30);
  }

  @Test
  void everyGoodFilePassed() {
    assertThat(good).isPositive();
    for (int i = 1; i <= good; i++) {
      assertThat(only("good-" + i + ".csv").get("state").asText()).isEqualTo("delivered");
      assertThat(linkage.out("010", ID).resolve("good-" + i + ".csv")).isRegularFile();
    }
    linkage.verify();
  }

  private JsonNode only(String name) {
    List<JsonNode> found = named(name);
    assertThat(found).as(name).hasSize(1);
    return found.get(0);
  }

  private List<JsonNode> named(String name) {
    List<JsonNode> found = new ArrayList<>(deliveries);
    found.removeIf(d -> !d.get("file").asText().equals(name));
    return found;
  }
}
