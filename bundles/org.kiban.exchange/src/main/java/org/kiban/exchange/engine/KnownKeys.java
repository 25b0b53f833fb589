package org.kiban.exchange.engine;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.kiban.exchange.ledger.Delivery;
import org.kiban.exchange.ledger.Ledger;

/** The idempotency keys of a batch that deliveries have already, in the ledger or in the batch. */
final class KnownKeys {

  private final Map<String, First> known = new HashMap<>();

  /** Who has a key. */
  private record First(long id, String sha) {}

  KnownKeys(Ledger ledger, List<Prepared> prepared) throws IOException {
    Map<String, Set<String>> asked = new HashMap<>();
    for (Prepared p : prepared) {
      if (p.refusal() == null) {
        // In order, since neighbours lie on one page of the index.
        asked.computeIfAbsent(p.lineId(), line -> new TreeSet<>()).add(p.key());
      }
    }
    for (Map.Entry<String, Set<String>> e : asked.entrySet()) {
      ledger
          .accepted(e.getKey(), e.getValue())
          .forEach(
              (key, d) -> known.put(whole(e.getKey(), key), new First(d.id(), d.source().sha())));
    }
  }

  /** The same, or refused because another delivery has its key. */
  Prepared judge(Prepared p) {
    First first = p.refusal() != null ? null : known.get(whole(p.lineId(), p.key()));
    if (first == null) {
      return p;
    }
    String name = p.arrival().name();
    if (p.sha().equals(first.sha())) {
      Prepared.Refusal same = Preparer.refusal(LinkageMessage.DUPLICATE, name, p.key(), first.id());
      return p.refused(
          new Prepared.Refusal(Delivery.DUPLICATE, same.code(), same.reason(), same.reasonJa()));
    }
    return p.refused(
        Preparer.refusal(LinkageMessage.SAME_KEY_OTHER_CONTENT, name, p.key(), first.id()));
  }

  /** A delivery has a key from now on. */
  void add(Prepared p, long id) {
    known.put(whole(p.lineId(), p.key()), new First(id, p.sha()));
  }

  private static String whole(String line, String key) {
    return line + '\n' + key;
  }
}
