package org.kiban.exchange.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kiban.core.storage.Journal;
import org.kiban.exchange.api.Verification;
import org.kiban.exchange.api.Verification.Finding;

/**
 * Walks the chain and compares the table with it. The chain is read once for every {@value #WINDOW}
 * deliveries, so that memory does not grow with the ledger.
 */
public final class LedgerVerifier {

  private static final int WINDOW = 50_000;

  private final Ledger ledger;

  /** For one ledger. */
  public LedgerVerifier(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Receives every delivery that the chain proves, to look at its files. */
  @FunctionalInterface
  public interface FileCheck {
    /**
     * Compares the files of one delivery.
     *
     * @return how many files were compared
     */
    long check(Delivery delivery, List<Finding> findings) throws IOException;
  }

  /** Compares everything; {@code files} is asked about each delivery. */
  public Verification verify(FileCheck files) throws IOException {
    List<Finding> findings = new ArrayList<>();
    Journal journal = ledger.chain().journal();
    Times times = new Times();
    for (Journal.Damage damage : journal.verify()) {
      findings.add(new Finding("entry " + damage.position(), damage.reason()));
    }
    long entries = journal.last();
    String head = HexFormat.of().formatHex(journal.head());
    long deliveries = 0;
    long compared = 0;
    if (findings.isEmpty()) {
      ledger.chain().times(times::see);
      findings.addAll(times.disorder());
      for (long from = 1; ; from += WINDOW) {
        Window seen = read(from);
        if (seen.proven().isEmpty() && seen.table().isEmpty()) {
          break;
        }
        if (!compare(seen).isEmpty()) {
          // The node goes on meanwhile: what differs is looked at again while it stands still.
          long window = from;
          ledger.standingStill(() -> findings.addAll(compare(read(window))));
        }
        for (Delivery d : seen.proven().values()) {
          compared += files.check(d, findings);
        }
        deliveries += seen.proven().size();
      }
    }
    return new Verification(
        entries, deliveries, compared, head, findings, times.trust(), times.jumps());
  }

  private record Window(Map<Long, Delivery> proven, List<Delivery> table) {}

  private Window read(long from) throws IOException {
    Map<Long, Delivery> proven = new TreeMap<>();
    ledger
        .chain()
        .read(
            1,
            (position, event) -> {
              if (event.id() >= from && event.id() < from + WINDOW) {
                proven.compute(event.id(), (id, before) -> Delivery.after(before, position, event));
              }
            });
    return new Window(
        proven, ledger.query("where id between ? and ? order by id", from, from + WINDOW - 1));
  }

  private static List<Finding> compare(Window window) {
    List<Finding> findings = new ArrayList<>();
    Map<Long, Delivery> missing = new TreeMap<>(window.proven());
    for (Delivery row : window.table()) {
      Delivery right = missing.remove(row.id());
      if (right == null) {
        findings.add(new Finding("delivery " + row.id(), "its row is there, the chain has it not"));
      } else if (!right.equals(row)) {
        findings.add(new Finding("delivery " + row.id(), "its row differs: " + diff(right, row)));
      }
    }
    missing
        .keySet()
        .forEach(
            id -> findings.add(new Finding("delivery " + id, "the chain has it, its row is gone")));
    return findings;
  }

  private static String diff(Delivery right, Delivery row) {
    List<String> fields = new ArrayList<>();
    if (!right.state().equals(row.state())) {
      fields.add("state is " + row.state() + ", was " + right.state());
    }
    if (!right.source().equals(row.source())) {
      fields.add("source");
    }
    if (right.result() != null && !right.result().equals(row.result())) {
      fields.add("result");
    }
    if (!right.consumers().equals(row.consumers())) {
      fields.add("consumers");
    }
    return fields.isEmpty() ? "other fields" : String.join(", ", fields);
  }
}
