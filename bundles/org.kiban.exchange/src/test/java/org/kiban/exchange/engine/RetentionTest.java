package org.kiban.exchange.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.exchange.api.Verification;
import org.kiban.exchange.ledger.Delivery;
import org.kiban.exchange.ledger.LedgerVerifier;

/** Two interfaces that keep files for different times. */
class RetentionTest {

  private static final String WEEK = "031-week";
  private static final String YEAR = "031-year";
  private static final String GOOD = "番号,氏名\r\n0001,甲\r\n";

  @TempDir Path root;
  private Bench bench;
  private Worksite site;

  @BeforeEach
  void twoInterfaces() throws IOException {
    bench = new Bench(root);
    declare(WEEK, 7);
    declare(YEAR, 365);
    site = bench.open();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private void declare(String id, int days) throws IOException {
    bench.declare(
        id,
        WorksiteTest.ATENA.formatted("content").replace("031-atena", id)
            + "retention-days: "
            + days
            + "\n");
  }

  private void drop(String id, String name, String content) throws IOException {
    bench.in(id, name, content.getBytes(WorksiteTest.CP932));
    bench.work();
  }

  private void afterDays(int days) throws IOException {
    bench.pass(Duration.ofDays(days));
    site.tidy();
  }

  private Delivery delivery(long id) throws IOException {
    return site.ledger.get(id).orElseThrow();
  }

  private void assertSound() throws IOException {
    Verification v = new LedgerVerifier(site.ledger).verify(new LyingFiles(site)::check);
    assertThat(v.findings()).isEmpty();
  }

  @Test
  void eachInterfaceKeepsItsFilesForItsOwnTime() throws IOException {
    drop(WEEK, "w.csv", GOOD);
    drop(YEAR, "y.csv", GOOD);

    afterDays(6);
    assertThat(delivery(1).expiredAt()).isZero();

    afterDays(2);
    assertThat(delivery(1).source().ref()).isNull();
    assertThat(delivery(1).state()).isEqualTo(Delivery.DELIVERED);
    assertThat(delivery(1).view(Map.of(), Map.of(), Set.of(), null).removedAt()).isNotNull();
    try (var kept = site.contents.open(delivery(2))) {
      assertThat(kept.readAllBytes()).isNotEmpty();
    }
    assertSound();

    // and the ledger says so after a restart too
    bench.close();
    site = bench.open();
    assertThat(delivery(1).expiredAt()).isNotZero();
    assertThat(delivery(2).expiredAt()).isZero();
    afterDays(365);
    assertThat(delivery(2).expiredAt()).isNotZero();
    assertSound();
  }

  @Test
  void whatAnExpiredDeliveryHadInTheStoreIsGoneFromTheDisk() throws IOException {
    drop(WEEK, "w.csv", GOOD);
    drop(YEAR, "y.csv", GOOD);
    String gone = delivery(1).source().ref().split(":")[0];
    String kept = delivery(2).source().ref().split(":")[0];
    bench.close();
    site = bench.open();

    afterDays(8);

    Path store = root.resolve("data/332020/exchange/store");
    assertThat(store.resolve(gone + ".seg")).doesNotExist();
    assertThat(store.resolve(kept + ".seg")).exists();
  }

  @Test
  void rowsReportsAndRefusedFilesGoFromTheQuarantineAndOthersStay() throws IOException {
    drop(WEEK, "rows.csv", GOOD + ",番号なし\r\n");
    drop(WEEK, "refused.csv", "番号,氏名\r\n0001,\"終わらない");
    drop(YEAR, "rows.csv", GOOD + ",番号なし\r\n");
    drop("031-nobody", "stray.csv", GOOD);
    site.refresh();
    bench.work();
    Path aside = root.resolve("data/332020/exchange/quarantine");
    assertThat(names(aside.resolve(WEEK)))
        .contains("1-rows.csv.rows", "1-rows.csv.errors.csv", "2-refused.csv");

    afterDays(8);

    assertThat(names(aside.resolve(WEEK))).isEmpty();
    assertThat(names(aside.resolve(YEAR))).hasSize(2);
    assertThat(names(aside.resolve("031-nobody"))).as("of no interface").hasSize(1);
    assertThat(delivery(2).quarantine()).isNull();
    assertThat(delivery(2).state()).isEqualTo(Delivery.REFUSED);
    assertThatThrownBy(() -> new Again(site).again(delivery(2)))
        .hasMessageContaining("KBN-EXCHANGE-214");
    assertSound();
  }

  @Test
  void whatIsOwedIsKeptHoweverOldAndGoesOnceItIsDelivered() throws IOException {
    Path blocked = root.resolve("data/332020/exchange/out/023/031-week/.kiban");
    Files.delete(blocked);
    drop(WEEK, "w.csv", GOOD);

    afterDays(30);
    assertThat(delivery(1).state()).isEqualTo(Delivery.ACCEPTED);
    assertThat(delivery(1).source().ref()).isNotNull();

    Files.createDirectory(blocked);
    site.tries.tryNow();
    bench.work();
    assertThat(bench.out("023", WEEK)).containsKey("w.csv");
    site.tidy();
    assertThat(delivery(1).expiredAt()).isNotZero();
  }

  @Test
  void theSameFileIsStillKnownAfterItsContentIsGone() throws IOException {
    drop(WEEK, "w.csv", GOOD);
    afterDays(8);

    drop(WEEK, "w.csv", GOOD);

    assertThat(delivery(2).state()).isEqualTo(Delivery.DUPLICATE);
    assertSound();
  }

  @Test
  void anInterfaceThatIsNoLongerDeclaredKeepsWhatItDeclaredLast() throws IOException {
    drop(WEEK, "w.csv", GOOD);
    Files.delete(root.resolve("etc/exchange/332020/031-week.yaml"));
    site.refresh();

    afterDays(6);
    assertThat(delivery(1).expiredAt()).isZero();
    afterDays(2);
    assertThat(delivery(1).expiredAt()).isNotZero();
  }

  private static List<String> names(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
