package org.kiban.exchange.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;

class LedgerTest {

  private static final String LINE = "031-atena";

  @TempDir Path root;

  private final JdbcDataSource source = new JdbcDataSource();
  private Ledger ledger;

  /** Runs in the middle of a save; may fail it. */
  private Action whileSaving = () -> {};

  private boolean rollbackFails;
  private boolean readsFail;

  private interface Action {
    void run() throws SQLException, IOException;
  }

  @BeforeEach
  void create() throws Exception {
    source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    tables(source);
    open();
  }

  /** Makes the tables of a ledger. */
  static void tables(DataSource source) throws Exception {
    try (Connection c = source.getConnection();
        Statement s = c.createStatement()) {
      try (var in = LedgerTest.class.getResourceAsStream("/db/exchange/V1__deliveries.sql")) {
        s.execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
  }

  private void open() throws IOException {
    ledger =
        new Ledger(
            new JournalsComponent(new DurableFilesComponent())
                .open(root.resolve("ledger"), new SecretKeySpec(new byte[32], "AES")),
            (DataSource) watched(DataSource.class, source),
            () -> Instant.EPOCH);
  }

  @AfterEach
  void close() throws IOException {
    whileSaving = () -> {};
    rollbackFails = false;
    ledger.close();
  }

  /** Wraps a data source and its connections, so that a commit can be caught. */
  private Object watched(Class<?> type, Object real) {
    return Proxy.newProxyInstance(
        LedgerTest.class.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, args) -> {
          if (method.getName().equals("commit")) {
            whileSaving.run();
          }
          if (method.getName().equals("rollback") && rollbackFails
              || method.getName().equals("prepareStatement") && readsFail) {
            throw new SQLException("no space left", "90031");
          }
          try {
            Object result = method.invoke(real, args);
            return result instanceof Connection ? watched(Connection.class, result) : result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  private LedgerEvent.Accepted accepted(String key) {
    long id = ledger.nextId();
    LedgerEvent.Source from = new LedgerEvent.Source(LINE, key, key + ".csv", 10, "sha", "1:0");
    LedgerEvent.Result result = new LedgerEvent.Result("digest", 1, 0, 0, 10, "out");
    return new LedgerEvent.Accepted(id, id, from, key, null, result, null, List.of("010"));
  }

  @Test
  void whatHappensWhileTheTableIsSavedIsSavedAfterwards() throws Exception {
    // given
    LedgerEvent.Accepted a = accepted("a");
    ledger.commit(List.of(a));
    whileSaving =
        () -> {
          whileSaving = () -> {};
          // when
          ledger.commit(
              List.of(accepted("b"), new LedgerEvent.Staged(a.id(), 5, List.of("010"), null)));
          assertThat(ledger.get(a.id()).orElseThrow().consumers().get("010").state())
              .isEqualTo(Delivery.STAGED);
          assertThat(ledger.accepted(LINE, Set.of("a", "b", "c"))).containsOnlyKeys("a", "b");
        };

    // then
    assertThat(ledger.query("order by id")).hasSize(1);
    List<Delivery> all = ledger.query("order by id");
    assertThat(all).extracting(Delivery::key).containsExactly("a", "b");
    assertThat(all.get(0).consumers().get("010").state()).isEqualTo(Delivery.STAGED);
    assertSameAfterReopening(all);
  }

  @Test
  void whatCouldNotBeSavedIsSavedTheNextTime() throws Exception {
    LedgerEvent.Accepted a = accepted("a");
    ledger.commit(List.of(a, accepted("b")));
    whileSaving =
        () -> {
          ledger.commit(List.of(new LedgerEvent.Delivered(a.id(), 5, List.of("010"))));
          throw new SQLException("no space left", "90031");
        };
    assertThatThrownBy(ledger::counts)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("90031");
    assertThat(ledger.accepted(LINE, Set.of("a", "b"))).hasSize(2);
    assertThat(ledger.get(a.id()).orElseThrow().state()).isEqualTo(Delivery.DELIVERED);

    whileSaving = () -> {};
    assertThat(ledger.counts()).isEqualTo(Map.of(Delivery.ACCEPTED, 1L, Delivery.DELIVERED, 1L));
    assertSameAfterReopening(ledger.query("order by id"));
  }

  @Test
  void anEventOfARowThatCannotBeReadDoesNotHappen() throws Exception {
    // given a delivery that only the table has
    LedgerEvent.Accepted a = accepted("a");
    ledger.commit(
        List.of(
            a,
            new LedgerEvent.Delivered(a.id(), 5, List.of("010")),
            new LedgerEvent.Retired(a.id(), 5)));
    ledger.flush();
    long entries = ledger.entries();
    LedgerEvent confirmed = new LedgerEvent.Confirmed(a.id(), 6, "010");

    readsFail = true;
    assertThatThrownBy(() -> ledger.commit(List.of(confirmed))).isInstanceOf(IOException.class);
    readsFail = false;

    assertThat(ledger.entries()).isEqualTo(entries);
    ledger.commit(List.of(confirmed));
    assertThat(ledger.get(a.id()).orElseThrow().state()).isEqualTo(Delivery.CONFIRMED);
    assertSameAfterReopening(ledger.query("order by id"));
  }

  @Test
  void aTableThatHoldsMoreThanItCountsIsMadeRight() throws Exception {
    // given rows of a save whose count a full disk and a kill took back
    LedgerEvent.Accepted a = accepted("a");
    ledger.commit(List.of(a, accepted("b")));
    List<Delivery> all = ledger.query("order by id");
    ledger.close();
    execute("update applied set position = 1, last_id = 1");

    open();

    assertThat(ledger.query("order by id")).isEqualTo(all);
    assertSameAfterReopening(all);
  }

  @Test
  void aSaveThatBrokeOffBetweenItsPartsIsMadeRight() throws Exception {
    // given rows of which the table counts the beginning only, and has everything
    List<LedgerEvent.Accepted> accepted =
        Stream.generate(() -> accepted("k")).limit(2_500).toList();
    ledger.commit(accepted);
    ledger.flush();
    ledger.commit(
        accepted.stream()
            .<LedgerEvent>mapMulti(
                (e, sink) -> {
                  sink.accept(new LedgerEvent.Delivered(e.id(), 5, List.of("010")));
                  sink.accept(new LedgerEvent.Retired(e.id(), 6));
                  sink.accept(new LedgerEvent.Expired(e.id(), 7));
                })
            .toList());
    AtomicInteger parts = new AtomicInteger();
    whileSaving = parts::incrementAndGet;
    List<Delivery> all = ledger.query("order by id");
    assertThat(parts).hasValue(3);
    ledger.close();
    execute("update applied set position = 2500");

    open();

    assertThat(ledger.query("order by id")).isEqualTo(all);
    assertSameAfterReopening(all);
  }

  @Test
  void aSaveThatFailsBetweenItsPartsIsDoneAgain() throws Exception {
    ledger.commit(Stream.generate(() -> accepted("k")).limit(2_500).toList());
    AtomicInteger parts = new AtomicInteger();
    whileSaving =
        () -> {
          if (parts.incrementAndGet() == 2) {
            throw new SQLException("no space left", "90031");
          }
        };

    assertThatThrownBy(ledger::flush).isInstanceOf(IOException.class);

    assertThat(rows()).isEqualTo(1_000);
    assertThat(ledger.counts()).isEqualTo(Map.of(Delivery.ACCEPTED, 2_500L));
    assertSameAfterReopening(ledger.query("order by id"));
  }

  @Test
  void aTableThatLacksRowsIsMadeAgainFromTheChain() throws Exception {
    LedgerEvent.Accepted a = accepted("a");
    ledger.commit(List.of(a, accepted("b")));
    ledger.commit(List.of(new LedgerEvent.Delivered(a.id(), 5, List.of("010"))));
    List<Delivery> all = ledger.query("order by id");
    ledger.close();
    execute("update applied set position = 2");
    execute("delete from open_delivery");
    execute("delete from delivery");

    open();

    assertThat(ledger.query("order by id")).isEqualTo(all);
    assertSameAfterReopening(all);
  }

  @Test
  void aSaveThatCannotBeRolledBackIsNotCommittedByHalves() throws Exception {
    ledger.commit(List.of(accepted("a")));
    ledger.flush();
    ledger.commit(List.of(accepted("b")));
    whileSaving =
        () -> {
          throw new SQLException("no space left", "90031");
        };
    rollbackFails = true;

    assertThatThrownBy(ledger::flush).isInstanceOf(IOException.class);

    try (Connection c = source.getConnection();
        Statement s = c.createStatement();
        var rows = s.executeQuery("select count(*) from delivery")) {
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection c = source.getConnection();
        Statement s = c.createStatement()) {
      s.execute(sql);
    }
  }

  @Test
  void keysAreFoundInTheTableToo() throws Exception {
    for (int i = 0; i < 200; i++) {
      ledger.commit(List.of(accepted("k" + i)));
    }
    ledger.flush();
    Map<String, Delivery> found = ledger.accepted(LINE, Set.of("k0", "k199", "k200"));
    assertThat(found).containsOnlyKeys("k0", "k199");
    assertThat(found.get("k199").id()).isEqualTo(200);
    assertThat(ledger.accepted("other", Set.of("k0"))).isEmpty();
  }

  @Test
  void manyRowsAreSavedWithoutBeingAskedFor() throws Exception {
    for (int batch = 0; batch < 20; batch++) {
      ledger.commit(Stream.generate(() -> accepted("k")).limit(1_000).toList());
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (rows() == 0) {
      assertThat(System.nanoTime()).as("nothing was saved").isLessThan(end);
      LockSupport.parkNanos(10_000_000);
    }
    assertThat(ledger.counts()).isEqualTo(Map.of(Delivery.ACCEPTED, 20_000L));
  }

  private int rows() throws SQLException {
    try (Connection c = source.getConnection();
        Statement s = c.createStatement();
        var rows = s.executeQuery("select count(*) from delivery")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private void assertSameAfterReopening(List<Delivery> rows) throws Exception {
    ledger.close();
    open();
    assertThat(ledger.query("order by id")).isEqualTo(rows);
  }
}
