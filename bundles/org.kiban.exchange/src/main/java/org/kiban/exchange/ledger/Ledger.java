package org.kiban.exchange.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.kiban.core.storage.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of one municipality: a hash-chained journal that is the truth, and a table over it for
 * questions. An event counts once {@link #commit} returned. Safe for any thread.
 */
public final class Ledger implements Closeable {

  /** Rows kept unsaved at most; saving many at a time is what makes the table cheap. */
  private static final int UNSAVED = 2_000;

  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  private final Journal journal;
  private final Projection projection;
  private final EventCodec codec = new EventCodec();
  private final Map<Long, Delivery> unsaved = new LinkedHashMap<>();
  private final Map<Long, Delivery> open = new TreeMap<>();
  private final Map<String, Long> unsavedKeys = new HashMap<>();
  private long lastId;
  private long position;

  /**
   * Opens the ledger and brings its table up to the chain's end.
   *
   * @param journal the chain; closed with this
   * @param source the table's database, migrated
   */
  public Ledger(Journal journal, javax.sql.DataSource source) throws IOException {
    this.journal = journal;
    this.projection = new Projection(source);
    Projection.Applied applied = projection.applied();
    if (applied.position() > journal.last()) {
      throw new IOException(
          "the ledger's index knows entry "
              + applied.position()
              + " but the chain ends at "
              + journal.last());
    }
    this.lastId = applied.lastId();
    this.position = applied.position();
    projection
        .query("join open_delivery o on o.id = d.id order by d.id")
        .forEach(d -> open.put(d.id(), d));
    journal.read(
        applied.position() + 1,
        entry -> {
          fold(entry.position(), codec.decode(entry.payload()));
          if (unsaved.size() >= UNSAVED) {
            flush();
          }
        });
    flush();
  }

  /** The number that the next delivery gets; given once. */
  public synchronized long nextId() {
    return ++lastId;
  }

  /**
   * Makes events durable, all or none, in this order.
   *
   * @throws IOException if they could not be; then none of them happened
   */
  public synchronized void commit(List<? extends LedgerEvent> events) throws IOException {
    if (events.isEmpty()) {
      return;
    }
    List<byte[]> payloads = new ArrayList<>(events.size());
    for (LedgerEvent event : events) {
      payloads.add(codec.encode(event));
    }
    long last = journal.append(payloads);
    long first = last - events.size() + 1;
    for (int i = 0; i < events.size(); i++) {
      fold(first + i, events.get(i));
    }
    if (unsaved.size() >= UNSAVED) {
      try {
        flush();
      } catch (IOException e) {
        // The events happened. The table follows with the next flush, or when the ledger is opened.
        LOG.debug("the table stays behind the chain for now", e);
      }
    }
  }

  private void fold(long at, LedgerEvent event) throws IOException {
    Delivery before = unsaved.get(event.id());
    if (before == null) {
      before = open.get(event.id());
    }
    if (before == null && lastId >= event.id()) {
      before = get(event.id()).orElse(null);
    }
    Delivery now = Delivery.after(before, at, event);
    unsaved.put(now.id(), now);
    if (now.key() != null) {
      unsavedKeys.put(now.source().line() + '\n' + now.key(), now.id());
    }
    if (now.open()) {
      open.put(now.id(), now);
    } else {
      open.remove(now.id());
    }
    lastId = Math.max(lastId, now.id());
    position = at;
  }

  /** Saves the table as far as the chain is. */
  public synchronized void flush() throws IOException {
    if (!unsaved.isEmpty()) {
      // Numbers that were given but not used are given again after a restart.
      projection.save(unsaved.values(), new Projection.Applied(position, lastId));
      unsaved.clear();
      unsavedKeys.clear();
    }
  }

  /** A delivery's row. */
  public synchronized Optional<Delivery> get(long id) throws IOException {
    Delivery known = unsaved.getOrDefault(id, open.get(id));
    return known != null
        ? Optional.of(known)
        : projection.query("where id = ?", id).stream().findFirst();
  }

  /** The delivery that was accepted under an idempotency key, or nothing. */
  public synchronized Optional<Delivery> accepted(String line, String key) throws IOException {
    Long id = unsavedKeys.get(line + '\n' + key);
    if (id != null) {
      return get(id);
    }
    return projection.query("where line = ? and idkey = ?", line, key).stream().findFirst();
  }

  /** Deliveries with something still to be done, by number. */
  public synchronized List<Delivery> open() {
    return List.copyOf(open.values());
  }

  /** How many deliveries have something still to be done. */
  public synchronized int openCount() {
    return open.size();
  }

  /**
   * Rows that match, after the table was brought up to date.
   *
   * @param rest what follows {@code select d.* from delivery d}
   */
  public synchronized List<Delivery> query(String rest, Object... args) throws IOException {
    flush();
    return projection.query(rest, args);
  }

  /**
   * Where the store keeps what is owed to anybody or was received since a time.
   *
   * @param since microseconds of the epoch
   * @return the parts of references before the colon
   */
  public synchronized Set<String> stored(long since) throws IOException {
    flush();
    return projection.stored(since);
  }

  /** Number of deliveries by state. */
  public synchronized Map<String, Long> counts() throws IOException {
    flush();
    return projection.counts();
  }

  /** Number of the last entry of the chain. */
  public long entries() {
    return journal.last();
  }

  Journal journal() {
    return journal;
  }

  LedgerEvent decode(byte[] payload) throws IOException {
    return codec.decode(payload);
  }

  @Override
  public synchronized void close() throws IOException {
    flush();
    journal.close();
  }
}
