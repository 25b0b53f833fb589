package org.kiban.exchange.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.exchange.api.Arrival;
import org.kiban.exchange.api.Verification;
import org.kiban.exchange.ledger.Delivery;
import org.kiban.exchange.ledger.LedgerVerifier;

class WorksiteTest {

  static final Charset CP932 = Charset.forName("windows-31j");
  static final String ATENA =
      """
      interface: 031-atena
      name: 宛名異動データ
      provider: "031"
      receive:
        transport: directory
        manifest: optional
      identity: %s
      mode: row
      consumers:
        - { system: "010", transport: directory }
        - { system: "023", transport: directory }
      input: { profile: legacy-cp932 }
      output: { profile: standard }
      columns:
        - { name: 番号, type: X, length: 4, required: true }
        - { name: 氏名, type: N, length: 20, required: true }
      key: [番号]
      """;
  private static final String GOOD = "番号,氏名\r\n0001,倉敷太郎\r\n0002,髙松花子\r\n";

  @TempDir Path root;
  private Bench bench;

  @BeforeEach
  void declare() throws IOException {
    bench = new Bench(root);
    bench.declare("031-atena", ATENA.formatted("content"));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aGoodFileReachesEveryConsumerConvertedWithItsManifest() throws IOException {
    Worksite site = bench.open();
    Path arrived = bench.in("031-atena", "宛名.csv", GOOD.getBytes(CP932));
    bench.work();
    for (String consumer : List.of("010", "023")) {
      Map<String, byte[]> out = bench.out(consumer, "031-atena");
      assertThat(out).containsOnlyKeys("宛名.csv", "宛名.csv.manifest.json");
      assertThat(new String(out.get("宛名.csv"), UTF_8)).contains("倉敷太郎").contains("髙松花子");
      assertThat(new String(out.get("宛名.csv.manifest.json"), UTF_8))
          .contains("\"rows\":2")
          .contains(Hashes.of(out.get("宛名.csv")))
          .contains(Hashes.of(GOOD.getBytes(CP932)));
    }
    assertThat(arrived).doesNotExist();
    Delivery d = site.ledger.get(1).orElseThrow();
    assertThat(d.state()).isEqualTo(Delivery.DELIVERED);
    assertThat(d.open()).isFalse();
    assertSound(site, 1);
  }

  @Test
  void whatIsOwedIsLeftToTheThreadThatTookItIn() throws IOException {
    Worksite site = bench.open();
    site.refresh();
    bench.in("031-atena", "a.csv", GOOD.getBytes(CP932));
    Line line = site.lines.open().get("031-atena");
    Arrival arrival = line.inbound().poll(1).get(0);
    List<Boolean> resumed = new ArrayList<>();
    Arrival busy =
        (Arrival)
            Proxy.newProxyInstance(
                Arrival.class.getClassLoader(),
                new Class<?>[] {Arrival.class},
                (proxy, method, args) -> {
                  if (method.getName().equals("retire")) {
                    // The ledger has it, its deliverer does not yet: another thread comes by.
                    resumed.add(site.courier.resume(site.lines.open(), 10));
                  }
                  return method.invoke(arrival, args);
                });

    Intake.Taken taken = site.intake.take(List.of(new Intake.Offered(line, "031-atena", busy)));
    site.courier.publish(site.courier.stage(taken));

    assertThat(resumed).containsExactly(false);
    assertThat(bench.out("010", "031-atena")).containsKey("a.csv");
    assertSound(site, 1);
  }

  @Test
  void badRowsAreKeptAsideWithTheirReasonsAndCountsReconcile() throws IOException {
    Worksite site = bench.open();
    bench.in("031-atena", "a.csv", (GOOD + "00003,長すぎる番号\r\n,番号なし\r\n").getBytes(CP932));
    bench.work();
    Delivery d = site.ledger.get(1).orElseThrow();
    assertThat(d.result().rows()).isEqualTo(4);
    assertThat(d.result().rejected()).isEqualTo(2);
    Path rows = Path.of(d.quarantine());
    assertThat(Files.readString(rows, CP932)).isEqualTo("00003,長すぎる番号\r\n,番号なし\r\n");
    String name = rows.getFileName().toString().replace(".rows", ".errors.csv");
    String report = Files.readString(rows.resolveSibling(name));
    assertThat(report).startsWith("\uFEFF").contains("E0003").contains("E0001");
    assertThat(report).doesNotContain("長すぎる");
  }

  @Test
  void theSameFileTwiceIsDeliveredOnceAndTheSameKeyWithOtherContentIsRefused() throws IOException {
    bench.declare("031-atena", ATENA.formatted("file-name"));
    Worksite site = bench.open();
    byte[] other = "番号,氏名\r\n0009,別人\r\n".getBytes(CP932);
    bench.in("031-atena", "a.csv", GOOD.getBytes(CP932));
    bench.work();
    bench.in("031-atena", "a.csv", GOOD.getBytes(CP932));
    bench.work();
    bench.in("031-atena", "a.csv", other);
    bench.work();
    assertThat(site.ledger.get(2).orElseThrow().state()).isEqualTo(Delivery.DUPLICATE);
    Delivery refused = site.ledger.get(3).orElseThrow();
    assertThat(refused.code()).isEqualTo(LinkageMessage.SAME_KEY_OTHER_CONTENT.code());
    assertThat(Path.of(refused.quarantine())).hasBinaryContent(other);
    assertThat(bench.out("010", "031-atena")).hasSize(2);
    assertSound(site, 1);
  }

  @Test
  void badInputEndsInANamedStateAndTheNextGoodFilePasses() throws IOException {
    Worksite site = bench.open();
    Map<String, String> bad = new TreeMap<>();
    bad.put("broken-manifest.csv", GOOD + "0003,一\r\n");
    bad.put("quote.csv", "番号,氏名\r\n0001,\"終わらない");
    bad.put("empty.csv", "");
    bad.put("a..b.csv", GOOD + "0004,二\r\n");
    for (Map.Entry<String, String> e : bad.entrySet()) {
      bench.in("031-atena", e.getKey(), e.getValue().getBytes(CP932));
    }
    bench.in("031-atena", "broken-manifest.csv.manifest.json", "{\"rows\":99}".getBytes(UTF_8));
    bench.in("no-such-interface", "x.csv", GOOD.getBytes(CP932));
    Files.createSymbolicLink(
        root.resolve("data/332020/exchange/in/031-atena/link.csv"), root.resolve("elsewhere"));
    site.refresh();
    bench.work();
    bench.in("031-atena", "good.csv", GOOD.getBytes(CP932));
    bench.work();
    List<Delivery> all = site.ledger.query("order by id");
    assertThat(all).hasSize(bad.size() + 3);
    for (Delivery d : all) {
      if (d.source().file().equals("good.csv")) {
        assertThat(d.state()).isEqualTo(Delivery.DELIVERED);
      } else {
        assertThat(d.state()).as(d.source().file()).isEqualTo(Delivery.REFUSED);
        assertThat(d.code()).startsWith("KBN-EXCHANGE-");
        assertThat(d.reason()).isNotBlank();
        assertThat(Files.exists(Path.of(d.quarantine()), LinkOption.NOFOLLOW_LINKS)).isTrue();
      }
    }
    assertSound(site, 1);
  }

  @Test
  void aConsumerThatCannotBeServedDoesNotHoldTheOthersAndGetsItLater() throws IOException {
    Worksite site = bench.open();
    bench.in("031-atena", "a.csv", GOOD.getBytes(CP932));
    Path blocked = root.resolve("data/332020/exchange/out/023/031-atena/.kiban");
    Files.delete(blocked);
    bench.work();
    assertThat(bench.out("010", "031-atena")).hasSize(2);
    Delivery waiting = site.ledger.get(1).orElseThrow();
    assertThat(waiting.consumers().get("023").state()).isEqualTo(Delivery.PENDING);
    assertThat(site.tries.of(waiting).get("023").problem()).isNotBlank();
    assertThat(site.problems.all()).anyMatch(p -> p.contains("023"));
    Files.createDirectory(blocked);
    site.tries.tryNow();
    bench.work();
    assertThat(bench.out("023", "031-atena")).hasSize(2);
    assertThat(site.problems.all()).isEmpty();
    assertSound(site, 1);
  }

  @Test
  void aRefusedFileGoesThroughOnceItsDeclarationIsMended() throws IOException {
    Worksite site = bench.open();
    bench.declare(
        "031-atena", ATENA.formatted("content").replace("mode: row", "mode: all-or-nothing"));
    site.refresh();
    site.refresh();
    bench.in("031-atena", "a.csv", "番号,氏名\r\n00001,倉敷太郎\r\n".getBytes(CP932));
    bench.work();
    Delivery refused = site.ledger.get(1).orElseThrow();
    assertThat(refused.state()).isEqualTo(Delivery.REFUSED);
    bench.declare("031-atena", ATENA.formatted("content").replace("length: 4", "length: 5"));
    site.refresh();
    site.refresh();
    new Again(site).again(refused);
    bench.work();
    assertThat(site.ledger.get(2).orElseThrow().state()).isEqualTo(Delivery.DELIVERED);
  }

  @Test
  void aRefusedFileOfAnotherNodeIsNotPutWhereNobodyLooks() throws IOException {
    Worksite site = bench.open();
    bench.declare(
        "031-atena", ATENA.formatted("content").replace("mode: row", "mode: all-or-nothing"));
    site.refresh();
    site.refresh();
    bench.in("031-atena", "a.csv", "番号,氏名\r\n00001,倉敷太郎\r\n".getBytes(CP932));
    bench.work();
    Delivery refused = site.ledger.get(1).orElseThrow();
    bench.declare(
        "031-atena",
        ATENA.formatted("content").replaceFirst("transport: directory", "transport: node"));
    site.refresh();
    site.refresh();

    assertThatThrownBy(() -> new Again(site).again(refused))
        .hasMessageContaining("KBN-EXCHANGE-211")
        .hasMessageContaining("node");
    assertThat(Path.of(refused.quarantine())).exists();
  }

  @Test
  void aWrongDeclarationIsRefusedWithItsLineAndTheOneInForceStays() throws IOException {
    Worksite site = bench.open();
    bench.declare("031-atena", ATENA.formatted("content").replace("mode: row", "mode: rows"));
    site.refresh();
    site.refresh();
    assertThat(site.declarations.refused().get("031-atena").get(0).reason())
        .contains("031-atena.yaml:8")
        .contains("mode");
    bench.in("031-atena", "a.csv", GOOD.getBytes(CP932));
    bench.work();
    assertThat(bench.out("010", "031-atena")).hasSize(2);
  }

  @Test
  void verificationNamesAChangedRowAMissingRowAndAChangedFile() throws Exception {
    Worksite site = bench.open();
    for (int i = 0; i < 4; i++) {
      bench.in("031-atena", i + ".csv", ("番号,氏名\r\n000" + i + ",甲\r\n").getBytes(CP932));
    }
    bench.work();
    assertSound(site, 4);
    try (Connection c = bench.database.getConnection();
        Statement s = c.createStatement()) {
      s.execute("update delivery set state = 'refused' where id = 2");
      s.execute("delete from delivery where id = 3");
    }
    Path lying = root.resolve("data/332020/exchange/out/010/031-atena/0.csv");
    Files.writeString(lying, "tampered");
    Verification v = new LedgerVerifier(site.ledger).verify(new LyingFiles(site)::check);
    assertThat(v.findings())
        .extracting(Verification.Finding::where)
        .containsExactlyInAnyOrder("delivery 2", "delivery 3", lying.toString());
  }

  @Test
  void verificationNamesTheEntryOfAFlippedByte() throws Exception {
    Worksite site = bench.open();
    bench.in("031-atena", "a.csv", GOOD.getBytes(CP932));
    bench.work();
    Path segment;
    try (var files = Files.list(root.resolve("data/332020/exchange/ledger"))) {
      segment = files.filter(f -> f.toString().endsWith(".segment")).findFirst().orElseThrow();
    }
    try (FileChannel file =
        FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      file.read(one, 200);
      one.put(0, (byte) (one.get(0) ^ 4)).rewind();
      file.write(one, 200);
    }
    Verification v = new LedgerVerifier(site.ledger).verify(new LyingFiles(site)::check);
    assertThat(v.findings()).isNotEmpty();
    assertThat(v.findings().get(0).where()).startsWith("entry ");
  }

  @Test
  void rowsThatNoDeliveryOwnsAreRemovedAtTheStartAndOthersAreNot() throws IOException {
    bench.open();
    bench.in("031-atena", "a.csv", (GOOD + ",番号なし\r\n").getBytes(CP932));
    bench.work();
    bench.close();
    Path quarantine = root.resolve("data/332020/exchange/quarantine/031-atena");
    Path orphan = Files.createFile(quarantine.resolve("7-b.csv.rows"));
    Path kept = Files.createFile(quarantine.resolve("7-b.csv"));
    bench.open();
    assertThat(orphan).doesNotExist();
    assertThat(kept).exists();
    assertThat(quarantine.resolve("1-a.csv.rows")).exists();
    assertThat(quarantine.resolve("1-a.csv.errors.csv")).exists();
  }

  @Test
  void aLostTableIsMadeAgainFromTheChain() throws Exception {
    Worksite site = bench.open();
    bench.in("031-atena", "a.csv", GOOD.getBytes(CP932));
    bench.work();
    List<Delivery> before = site.ledger.query("order by id");
    bench.close();
    try (Connection c = bench.database.getConnection();
        Statement s = c.createStatement()) {
      s.execute("delete from delivery");
      s.execute("update applied set position = 0, last_id = 0");
    }
    Worksite again = bench.open();
    assertThat(again.ledger.query("order by id")).isEqualTo(before);
    assertSound(again, 1);
  }

  static void assertSound(Worksite site, long delivered) throws IOException {
    Verification v = new LedgerVerifier(site.ledger).verify(new LyingFiles(site)::check);
    assertThat(v.findings()).isEmpty();
    assertThat(site.ledger.counts().get(Delivery.DELIVERED)).isEqualTo(delivered);
    assertThat(site.ledger.open()).isEmpty();
  }
}
