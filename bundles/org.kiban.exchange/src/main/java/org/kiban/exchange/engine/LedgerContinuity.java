package org.kiban.exchange.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.kiban.core.Continuity;
import org.kiban.core.MunicipalityCode;
import org.kiban.exchange.api.Exchange;
import org.kiban.exchange.api.Verification;

/**
 * The ledger of one municipality: as long as it was, and no more damaged.
 *
 * @param code whose it is
 * @param exchange walks over it
 */
record LedgerContinuity(MunicipalityCode code, Exchange exchange) implements Continuity {

  @Override
  public String name() {
    return "ledger " + code;
  }

  @Override
  public SortedMap<String, String> facts() {
    Verification now = exchange.verify();
    return new TreeMap<>(
        Map.of(
            "entries", String.valueOf(now.entries()),
            "head", now.head(),
            "findings", String.valueOf(now.findings().size())));
  }

  @Override
  public List<String> missing(SortedMap<String, String> before) {
    Verification now = exchange.verify();
    long entries = Long.parseLong(before.get("entries"));
    List<String> missing = new ArrayList<>();
    if (now.findings().size() > Integer.parseInt(before.get("findings"))) {
      Verification.Finding first = now.findings().get(0);
      missing.add(name() + ": " + first.where() + " " + first.problem());
    }
    if (now.entries() < entries) {
      missing.add("%s: %d entries, now %d".formatted(name(), entries, now.entries()));
    }
    if (now.entries() == entries && !now.head().equals(before.get("head"))) {
      missing.add(name() + ": other entries than before");
    }
    return missing;
  }
}
