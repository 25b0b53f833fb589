package org.kiban.exchange.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.kiban.exchange.declaration.Consumer;
import org.kiban.exchange.ledger.Delivery;
import org.kiban.exchange.ledger.Ledger;

/**
 * Finds what is owed to consumers that no declaration names any more. It is kept: the consumer gets
 * it when it is declared again, or an operator gives it up. Nothing of it is written down, since
 * the declarations decide. {@link #report} is used by one thread, the rest by any.
 */
final class Stranded {

  private static final String STRANDED = "stranded:";

  private final Ledger ledger;
  private final Declarations declarations;
  private final Problems problems;
  private final Set<String> reported = new HashSet<>();

  Stranded(Ledger ledger, Declarations declarations, Problems problems) {
    this.ledger = ledger;
    this.declarations = declarations;
    this.problems = problems;
  }

  /** The consumers that a delivery is owed to and that no declaration names. */
  Set<String> of(Delivery d) {
    return d.consumers().entrySet().stream()
        .filter(e -> e.getValue().owed() && !isDeclared(d.source().line(), e.getKey()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  private boolean isDeclared(String line, String consumer) {
    Declarations.Loaded loaded = declarations.inForce().get(line);
    if (loaded == null) {
      // One that is refused tells of itself, and is likely to come back.
      return declarations.refused().containsKey(line);
    }
    return loaded.declaration().consumers().stream()
        .map(Consumer::system)
        .anyMatch(consumer::equals);
  }

  /** The deliveries of which all that is owed is stranded, by number. */
  List<Delivery> all() {
    return ledger.open().stream()
        .filter(d -> d.state().equals(Delivery.ACCEPTED) && d.isStranded(of(d)))
        .toList();
  }

  /** Tells operators of every interface and consumer with something stranded, and of no other. */
  void report() {
    Map<String, Integer> found = new HashMap<>();
    for (Delivery d : ledger.open()) {
      for (String consumer : of(d)) {
        String what = STRANDED + Tries.route(d.source().line(), consumer);
        int count = found.merge(what, 1, Integer::sum);
        if (count == 1) {
          reported.add(what);
        }
      }
    }
    for (String what : Set.copyOf(reported)) {
      Integer count = found.get(what);
      if (count == null) {
        problems.clear(what);
        reported.remove(what);
      } else {
        String[] route = what.substring(STRANDED.length()).split("→", 2);
        problems.note(what, LinkageMessage.STRANDED, route[0], route[1], count);
      }
    }
  }
}
