package org.kiban.exchange.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.exchange.api.DeliveryView;
import org.kiban.exchange.api.Exchange;
import org.kiban.exchange.ledger.Delivery;
import org.kiban.exchange.ledger.LedgerEvent;

/** A consumer is taken out of the declaration while a file is owed to it. */
class StrandedTest {

  private static final String ID = "031-atena";
  private static final String BOTH = WorksiteTest.ATENA.formatted("content");
  private static final String ONE =
      BOTH.replace("  - { system: \"023\", transport: directory }\n", "");

  @TempDir Path root;
  private Bench bench;
  private Worksite site;
  private Path blocked;

  @BeforeEach
  void aFileIsOwedToAConsumerThatIsNoLongerDeclared() throws IOException {
    bench = new Bench(root);
    bench.declare(ID, BOTH);
    site = bench.open();
    blocked = root.resolve("data/332020/exchange/out/023/031-atena/.kiban");
    Files.delete(blocked);
    bench.in(ID, "a.csv", "番号,氏名\r\n0001,甲\r\n".getBytes(WorksiteTest.CP932));
    bench.work();
    declare(ONE);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private void declare(String yaml) throws IOException {
    bench.declare(ID, yaml);
    site.refresh();
    site.refresh();
  }

  private DeliveryView seen() throws IOException {
    Delivery d = delivery();
    return d.view(Map.of(), Map.of(), site.stranded.of(d), null);
  }

  private Delivery delivery() throws IOException {
    return site.ledger.get(1).orElseThrow();
  }

  @Test
  void itIsSeenAsStrandedAndOperatorsAreTold() throws IOException {
    assertThat(seen().state()).isEqualTo(Delivery.STRANDED);
    assertThat(seen().consumers())
        .extracting(c -> c.system() + ":" + c.state())
        .containsExactly("010:delivered", "023:stranded");
    assertThat(site.stranded.all()).extracting(Delivery::id).containsExactly(1L);
    assertThat(site.problems.all())
        .anyMatch(p -> p.contains("KBN-EXCHANGE-309") && p.contains(ID) && p.contains("023"));
  }

  @Test
  void whatIsStillOwedToADeclaredConsumerIsNotStranded() throws IOException {
    declare(BOTH.replace("\"010\"", "\"001\""));
    assertThat(site.stranded.of(delivery())).isEmpty();
    assertThat(seen().state()).isEqualTo(Delivery.ACCEPTED);
  }

  @Test
  void theLimitOfAListCountsOnlyWhatIsInTheState() throws IOException {
    // given one that is owed to a declared consumer between two that are stranded
    Files.delete(root.resolve("data/332020/exchange/out/010/031-atena/.kiban"));
    bench.in(ID, "b.csv", "番号,氏名\r\n0002,乙\r\n".getBytes(WorksiteTest.CP932));
    bench.work();
    declare(BOTH.replace("  - { system: \"010\", transport: directory }\n", ""));
    Files.delete(blocked);
    bench.in(ID, "c.csv", "番号,氏名\r\n0003,丙\r\n".getBytes(WorksiteTest.CP932));
    bench.work();
    declare(ONE);
    Desk desk = new Desk(Bench.CODE, () -> site);

    // when, then
    assertThat(desk.list(new Exchange.Filter(null, Delivery.ACCEPTED, null, null, 1)))
        .extracting(DeliveryView::file)
        .containsExactly("b.csv");
    assertThat(desk.list(new Exchange.Filter(ID, Delivery.STRANDED, null, null, 2)))
        .extracting(DeliveryView::file)
        .containsExactly("c.csv", "a.csv");
  }

  @Test
  void aListOfAStateThatThereIsNotOrOfNothingIsRefused() {
    Desk desk = new Desk(Bench.CODE, () -> site);

    assertThatThrownBy(() -> desk.list(new Exchange.Filter(null, "lost", null, null, 1)))
        .hasMessageContaining("KBN-EXCHANGE-215")
        .hasMessageContaining("lost");
    assertThatThrownBy(() -> desk.list(new Exchange.Filter(null, null, null, null, 0)))
        .hasMessageContaining("KBN-EXCHANGE-216");
  }

  @Test
  void aDeclarationThatIsRefusedStrandsNothing() throws IOException {
    bench.close();
    bench.declare(ID, ONE.replace("mode: row", "mode: rows"));
    site = bench.open();

    assertThat(site.declarations.refused()).containsKey(ID);
    assertThat(site.stranded.all()).isEmpty();
  }

  @Test
  void itIsStrandedWhenTheWholeInterfaceIsGone() throws IOException {
    Files.delete(root.resolve("etc/exchange/332020/031-atena.yaml"));
    site.refresh();
    assertThat(seen().state()).isEqualTo(Delivery.STRANDED);
  }

  @Test
  void itIsDeliveredWhenTheConsumerIsDeclaredAgain() throws IOException {
    Files.createDirectories(blocked);
    declare(BOTH);
    bench.work();

    assertThat(bench.out("023", ID)).containsKey("a.csv");
    assertThat(seen().state()).isEqualTo(Delivery.DELIVERED);
    assertThat(site.problems.of("stranded:")).isEmpty();
    WorksiteTest.assertSound(site, 1);
  }

  @Test
  void givenUpItIsDeliveredToTheOthersAndNeverComesBack() throws IOException {
    new Discard(site).discard(delivery(), true);
    assertThat(seen().state()).as("after a dry run").isEqualTo(Delivery.STRANDED);

    new Discard(site).discard(delivery(), false);
    site.refresh();

    assertThat(seen().state()).isEqualTo(Delivery.DELIVERED);
    assertThat(seen().consumers())
        .extracting(c -> c.system() + ":" + c.state())
        .containsExactly("010:delivered", "023:discarded");
    assertThat(site.problems.all()).isEmpty();

    Files.createDirectories(blocked);
    declare(BOTH);
    bench.work();
    assertThat(bench.out("023", ID)).isEmpty();
    WorksiteTest.assertSound(site, 1);
  }

  @Test
  void onlyWhatIsStrandedCanBeGivenUp() throws IOException {
    declare(BOTH);
    Delivery owed = delivery();
    assertThatThrownBy(() -> new Discard(site).discard(owed, false))
        .hasMessageContaining("KBN-EXCHANGE-212");
  }

  @Test
  void whatLiesStagedIsRemovedWhenItIsGivenUp() throws IOException {
    // given content that lies staged, invisible to the consumer
    Files.createDirectories(blocked);
    Path staged = Files.write(blocked.resolve("1"), new byte[] {1});
    site.ledger.commit(List.of(new LedgerEvent.Staged(1, 1, List.of("023"), null)));

    new Discard(site).discard(delivery(), false);

    assertThat(staged).doesNotExist();
    assertThat(delivery().consumers().get("023").state()).isEqualTo(Delivery.DISCARDED);
  }

  @Test
  void whatTheConsumerHasAlreadyCountsAsDelivered() throws IOException {
    // given a crash between the publication and its note
    Files.createDirectories(blocked);
    site.ledger.commit(List.of(new LedgerEvent.Staged(1, 1, List.of("023"), null)));

    new Discard(site).discard(delivery(), false);

    assertThat(delivery().consumers().get("023").state()).isEqualTo(Delivery.DELIVERED);
  }

  @Test
  void ofADeliveryThatAllGaveUpNothingIsDelivered() throws IOException {
    site.ledger.commit(List.of(new LedgerEvent.Discarded(1, 1, List.of("010", "023"))));
    assertThat(delivery().state()).isEqualTo(Delivery.DISCARDED);
    assertThat(delivery().isStranded(Set.of())).isFalse();
  }
}
