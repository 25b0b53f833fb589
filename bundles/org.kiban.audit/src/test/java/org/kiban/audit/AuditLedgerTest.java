package org.kiban.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.TrustedClock.Trust;

class AuditLedgerTest {

  @TempDir private Path data;

  private static Act act(Act.Kind kind, String user, String municipality, String what) {
    return new Act(kind, user, "ssh(/10.0.0.1:9)", municipality, what, "begun", 0, List.of("d"));
  }

  private static Query all() {
    return new Query(null, null, null, null, null, 100);
  }

  @Test
  void whatIsRecordedIsThereAfterTheNodeStartsAgain() throws Exception {
    // given
    Act act = act(Act.Kind.COMMAND, "tanaka", "332020", "exchange:list 332020");
    AuditLedger ledger = Ledgers.open(data, null);
    long position = ledger.record(act);
    ledger.close();

    // when
    AuditLedger again = Ledgers.open(data, null);

    // then
    Entry entry = again.find(position).orElseThrow();
    assertThat(entry.act()).isEqualTo(act);
    assertThat(entry.at()).isEqualTo(Ledgers.NOW);
    assertThat(entry.trust()).isEqualTo(Trust.TRUSTED);
    assertThat(again.verify().damages()).isEmpty();
    again.close();
    assertThat(Ledgers.open(data, null).list(all()))
        .extracting(e -> e.act().what(), e -> e.act().result())
        .containsSubsequence(
            tuple("exchange:list 332020", "begun"),
            tuple("audit", "done"),
            tuple("audit", "begun"));
  }

  @Test
  void aQueryNarrowsByEachOfItsParts() throws Exception {
    AuditLedger ledger = Ledgers.open(data, null);
    ledger.record(act(Act.Kind.COMMAND, "tanaka", "332020", "a"));
    ledger.record(act(Act.Kind.COMMAND, "suzuki", "372013", "b"));
    ledger.record(act(Act.Kind.LOGIN, "suzuki", "", "c"));

    assertThat(what(ledger, new Query("332020", null, null, null, null, 9))).containsExactly("a");
    assertThat(what(ledger, new Query(null, Act.Kind.LOGIN, null, null, null, 9)))
        .containsExactly("c");
    assertThat(what(ledger, new Query(null, null, "suzuki", null, null, 9)))
        .containsExactly("b", "c");
    assertThat(what(ledger, new Query(null, null, "suzuki", null, null, 1))).containsExactly("c");
    assertThat(what(ledger, new Query(null, null, null, Ledgers.NOW.plusMillis(1), null, 9)))
        .isEmpty();
    assertThat(what(ledger, new Query(null, null, null, null, Ledgers.NOW, 9))).isEmpty();
    ledger.close();
  }

  private static Stream<String> what(AuditLedger ledger, Query query) {
    return ledger.list(query).stream().map(e -> e.act().what());
  }

  @Test
  void aFlippedByteOnDiskIsFound() throws Exception {
    AuditLedger ledger = Ledgers.open(data, null);
    for (int i = 0; i < 20; i++) {
      ledger.record(act(Act.Kind.COMMAND, "tanaka", "", "line " + i));
    }
    try (Stream<Path> files = Files.walk(data.resolve("node/audit/ledger"))) {
      Path segment =
          files
              .filter(f -> f.getFileName().toString().endsWith(".segment"))
              .findFirst()
              .orElseThrow();
      byte[] bytes = Files.readAllBytes(segment);
      int written = bytes.length;
      while (bytes[written - 1] == 0) {
        written--;
      }
      bytes[written / 2] ^= 1;
      Files.write(segment, bytes);
    }

    assertThat(ledger.verify().damages()).isNotEmpty();
    ledger.close();
  }

  @Test
  void nothingOfAnActCanBeReadOnDisk() throws Exception {
    AuditLedger ledger = Ledgers.open(data, null);
    ledger.record(act(Act.Kind.COMMAND, "tanaka", "332020", "marker-of-this-test"));
    ledger.close();

    try (Stream<Path> files = Files.walk(data)) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .noneMatch(f -> read(f).contains("marker-of-this-test"));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aLedgerThatCannotBeWrittenIsCriticalAndStopsNobody() throws Exception {
    AuditLedger ledger = Ledgers.open(data, null);
    assertThat(ledger.execute().getStatus()).isEqualTo(Result.Status.OK);
    ledger.close();

    // given a closed journal
    assertThat(ledger.record(act(Act.Kind.COMMAND, "tanaka", "", "a"))).isZero();

    assertThat(ledger.execute().getStatus()).isEqualTo(Result.Status.CRITICAL);
    assertThat(ledger.execute().toString()).contains("KBN-AUDIT-001");
  }
}
