package org.kiban.exchange.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.kiban.core.TrustedClock;
import org.kiban.core.storage.DurableFiles;
import org.kiban.exchange.ledger.Delivery;
import org.kiban.exchange.ledger.Ledger;
import org.kiban.exchange.ledger.LedgerEvent;

/**
 * Removes from the quarantine, and lets go from the store, what deliveries left there, when the
 * days that their interface declares are over. What is owed is kept however old it is. The rows of
 * the ledger stay and say so. Used by one thread.
 */
final class Retention {

  private static final int MANY = 1_000;

  /** What is left waits for the next time, so that the rounds go on. */
  private static final int MOST = 20 * MANY;

  private static final List<String> ENDINGS =
      List.of("", RejectSpool.ROWS, RejectSpool.ERRORS, ".manifest.json");

  private final Ledger ledger;
  private final Declarations declarations;
  private final Path quarantine;
  private final DurableFiles files;
  private final TrustedClock clock;

  /** Before this time nothing is left to be removed, by interface. */
  private final Map<String, Long> done = new HashMap<>();

  private boolean begun;

  Retention(
      Ledger ledger,
      Declarations declarations,
      Path quarantine,
      DurableFiles files,
      TrustedClock clock) {
    this.ledger = ledger;
    this.declarations = declarations;
    this.quarantine = quarantine;
    this.files = files;
    this.clock = clock;
  }

  /**
   * Removes what is due, up to a bound.
   *
   * @throws IOException if something cannot be removed or noted now; it is tried again
   */
  void enforce() throws IOException {
    if (!begun) {
      done.putAll(ledger.oldestKept());
      begun = true;
    }
    declarations.inForce().keySet().forEach(line -> done.putIfAbsent(line, 0L));
    for (String line : List.copyOf(done.keySet())) {
      OptionalInt days = days(line);
      if (days.isPresent()) {
        Instant before = clock.now().minus(Duration.ofDays(days.getAsInt()));
        enforce(line, LedgerEvent.micros(before));
      }
    }
  }

  /**
   * The days that an interface declares or, if it is declared no more, declared last. None if it
   * never was: what lies in its quarantine is an operator's to look at.
   */
  private OptionalInt days(String line) throws IOException {
    Declarations.Loaded loaded = declarations.inForce().get(line);
    if (loaded != null) {
      return OptionalInt.of(loaded.declaration().retentionDays());
    }
    List<Delivery> last =
        ledger.query("where line = ? and declaration is not null order by id desc limit 1", line);
    return last.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(
            declarations.archived(line, last.get(0).result().declaration()).retentionDays());
  }

  private void enforce(String line, long before) throws IOException {
    int removed = 0;
    List<Delivery> due;
    do {
      due =
          ledger.query(
              "where line = ? and received_at >= ? and received_at < ? and state <> 'accepted'"
                  + " and retired and (ref is not null or quarantine is not null)"
                  + " order by received_at limit ?",
              line,
              done.get(line),
              before,
              MANY);
      remove(due);
      removed += due.size();
    } while (due.size() == MANY && removed < MOST);
    if (due.size() < MANY) {
      done.put(line, Math.min(before, oldestOpen(line)));
    }
  }

  private long oldestOpen(String line) {
    return ledger.open().stream()
        .filter(d -> d.source().line().equals(line))
        .mapToLong(Delivery::receivedAt)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private void remove(List<Delivery> due) throws IOException {
    Set<Path> touched = new HashSet<>();
    List<LedgerEvent> events = new ArrayList<>();
    for (Delivery d : due) {
      if (d.quarantine() != null) {
        touched.addAll(removeAside(d));
      }
      events.add(new LedgerEvent.Expired(d.id(), LedgerEvent.micros(clock.now())));
    }
    for (Path directory : touched) {
      files.syncDirectory(directory);
    }
    ledger.commit(events);
  }

  /** Removes what lies aside of a delivery; an operator may have taken some of it. */
  private Set<Path> removeAside(Delivery d) throws IOException {
    Path aside = Path.of(d.quarantine());
    if (!aside.startsWith(quarantine) || !Files.isDirectory(aside.getParent())) {
      return Set.of();
    }
    String name = aside.getFileName().toString();
    String base =
        name.endsWith(RejectSpool.ROWS)
            ? name.substring(0, name.length() - RejectSpool.ROWS.length())
            : name;
    for (String ending : ENDINGS) {
      removeAll(aside.resolveSibling(base + ending));
    }
    return Set.of(aside.getParent());
  }

  /** Removes a file, a link, or a directory that came in a file's place. */
  private static void removeAll(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> all = Files.walk(path)) {
        for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(one);
        }
      }
    } else {
      Files.deleteIfExists(path);
    }
  }
}
