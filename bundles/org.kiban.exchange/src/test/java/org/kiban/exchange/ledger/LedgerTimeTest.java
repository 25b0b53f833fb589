package org.kiban.exchange.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.TrustedClock;
import org.kiban.core.TrustedClock.Trust;
import org.kiban.exchange.api.TimeView;
import org.kiban.exchange.api.Verification;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;

/** The real ledger on a clock that goes where the test wants. */
class LedgerTimeTest {

  @TempDir private Path root;

  private final JdbcDataSource source = new JdbcDataSource();
  private TrustedClock.Reading time;
  private Ledger ledger;

  @BeforeEach
  void create() throws Exception {
    source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    LedgerTest.tables(source);
    open();
  }

  private void open() throws IOException {
    ledger =
        new Ledger(
            new JournalsComponent(new DurableFilesComponent())
                .open(root.resolve("ledger"), new SecretKeySpec(new byte[32], "AES")),
            source,
            new SetClock());
  }

  private final class SetClock implements TrustedClock {
    @Override
    public Instant now() {
      return time.now();
    }

    @Override
    public Reading read() {
      return time;
    }
  }

  @AfterEach
  void close() throws IOException {
    ledger.close();
  }

  private static LedgerEvent.Accepted accepted(long id) {
    LedgerEvent.Source from = new LedgerEvent.Source("031-atena", "a", "a.csv", 10, "sha", "1:0");
    LedgerEvent.Result result = new LedgerEvent.Result("digest", 1, 0, 0, 10, "out");
    return new LedgerEvent.Accepted(id, id, from, "k" + id, null, result, null, List.of("010"));
  }

  @Test
  void entriesSayHowFarTheirTimeCanBeBelieved() throws Exception {
    // given
    time = reading(1_000, Optional.of(Duration.ofNanos(2_500_001)), Trust.TRUSTED, 0);
    ledger.commit(List.of(accepted(1)));
    time = reading(2_000, Optional.empty(), Trust.UNTRUSTED, 0);
    ledger.commit(List.of(accepted(2)));

    // when, then
    assertThat(ledger.time(1)).isEqualTo(new TimeView("trusted", 2.501, null));
    assertThat(ledger.time(2)).isEqualTo(new TimeView("untrusted", null, null));
    Verification verified = verify();
    assertThat(verified.trust()).isEqualTo(Map.of("trusted", 1L, "untrusted", 1L));
    assertThat(verified.jumps()).isEmpty();
  }

  @Test
  void timesDoNotGoBackwardsWithTheClockAndTheJumpIsRecorded() throws Exception {
    // given
    time = reading(10_000, Optional.of(Duration.ofMillis(1)), Trust.TRUSTED, 0);
    ledger.commit(List.of(accepted(1).at(10_000)));

    // when the clock is set back by 6 ms, first while the node runs, then while it is down
    time = reading(10_500, Optional.of(Duration.ofMillis(7)), Trust.UNTRUSTED, 6_000);
    ledger.commit(List.of(new LedgerEvent.Staged(1, 10_500, List.of("010"), null)));
    time = reading(11_000, Optional.of(Duration.ofMillis(1)), Trust.TRUSTED, 0);
    ledger.commit(List.of(new LedgerEvent.Delivered(1, 11_000, List.of("010"))));
    ledger.close();
    open();
    time = reading(5_000, Optional.of(Duration.ofMillis(1)), Trust.TRUSTED, 0);
    ledger.commit(List.of(new LedgerEvent.Retired(1, 5_000)));

    // then
    Delivery row = ledger.get(1).orElseThrow();
    assertThat(row.consumers().get("010").at()).isEqualTo(11_000);
    assertThat(row.updatedAt()).isEqualTo(11_000);
    assertThat(ledger.time(2)).isEqualTo(new TimeView("untrusted", 7.0, 6.0));
    assertThat(ledger.time(4)).isEqualTo(new TimeView("untrusted", 7.0, 6.0));
    Verification verified = verify();
    assertThat(verified.findings()).isEmpty();
    assertThat(verified.jumps())
        .extracting(Verification.Finding::where)
        .containsExactly("entry 2", "entry 4");
    assertThat(verified.jumps().get(1).problem()).contains("6.000 ms");
  }

  private static TrustedClock.Reading reading(
      long micros, Optional<Duration> bound, Trust trust, long behindMicros) {
    return new TrustedClock.Reading(
        Instant.EPOCH.plus(micros, ChronoUnit.MICROS),
        bound,
        trust,
        Duration.of(behindMicros, ChronoUnit.MICROS));
  }

  private Verification verify() throws IOException {
    return new LedgerVerifier(ledger).verify((delivery, findings) -> 0);
  }
}
