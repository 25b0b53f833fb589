package org.kiban.exchange.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.ledger.LedgerEvent;

/** What consumers confirm reaches the ledger, once, and after the delivery itself. */
class ReceiptsTest {

  private static final String ID = "031-atena";

  @TempDir Path root;
  private final Deque<List<Long>> answers = new ArrayDeque<>();
  private Instant now = Instant.parse("2026-11-23T00:00:00Z");
  private final Problems problems = new Problems("332020");
  private Bench bench;
  private Worksite site;
  private Receipts receipts;
  private Map<String, Line> lines;

  @BeforeEach
  void deliverOneFile() throws IOException {
    bench = new Bench(root);
    bench.declare(ID, WorksiteTest.ATENA.formatted("content"));
    site = bench.open();
    bench.in(ID, "1.csv", "番号,氏名\r\n0001,甲\r\n".getBytes(WorksiteTest.CP932));
    bench.work();
    receipts = new Receipts(site.ledger, () -> now, problems);
    Line line = site.lines.open().get(ID);
    Outbound confirming =
        (Outbound)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Outbound.class},
                (proxy, method, args) ->
                    switch (method.getName()) {
                      case "hashCode" -> 1;
                      case "equals" -> proxy == args[0];
                      case "distant" -> false;
                      default -> confirmed();
                    });
    lines =
        Map.of(
            ID,
            new Line(
                line.declaration(),
                line.digest(),
                line.converter(),
                line.inbound(),
                Map.of("010", confirming)));
  }

  private List<Long> confirmed() throws IOException {
    if (answers.isEmpty()) {
      throw new IOException("the line is down");
    }
    return answers.poll();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aReceiptIsNotedOnceHoweverOftenItComes() throws IOException {
    answers.addAll(List.of(List.of(1L), List.of(1L), List.of()));
    receipts.collect(lines);
    assertThat(state()).isEqualTo("confirmed");
    long entries = site.ledger.entries();
    receipts.collect(lines);
    receipts.collect(lines);
    assertThat(site.ledger.entries()).isEqualTo(entries);
  }

  @Test
  void aReceiptOfAnUnknownDeliveryIsNobodys() throws IOException {
    answers.addAll(List.of(List.of(99L), List.of(1L)));
    receipts.collect(lines);
    receipts.collect(lines);
    assertThat(state()).isEqualTo("confirmed");
  }

  @Test
  void aReceiptThatOvertakesItsDeliveryWaitsForIt() throws IOException {
    site.ledger.commit(List.of(new LedgerEvent.Staged(1, 1, List.of("010"), null)));
    answers.add(List.of(1L));
    receipts.collect(lines);
    assertThat(state()).isEqualTo("staged");

    site.ledger.commit(List.of(new LedgerEvent.Delivered(1, 2, List.of("010"))));
    receipts.collect(lines);
    assertThat(state()).isEqualTo("confirmed");
  }

  @Test
  void aLineThatIsDownIsReportedAndAskedAgainAfterAWhile() throws IOException {
    receipts.collect(lines);
    assertThat(problems.all()).anyMatch(p -> p.contains("the line is down"));

    answers.add(List.of(1L));
    receipts.collect(lines);
    assertThat(state()).as("not asked so soon").isEqualTo("delivered");

    now = now.plusSeconds(10);
    receipts.collect(lines);
    assertThat(state()).isEqualTo("confirmed");
    assertThat(problems.all()).isEmpty();
  }

  private String state() throws IOException {
    return site.ledger.get(1).orElseThrow().consumers().get("010").state();
  }
}
