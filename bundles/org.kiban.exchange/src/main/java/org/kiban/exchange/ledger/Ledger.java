package org.kiban.exchange.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.kiban.core.TrustedClock;
import org.kiban.core.storage.Journal;
import org.kiban.exchange.api.TimeView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of one municipality: a hash-chained journal that is the truth, and a table over it for
 * questions. An event counts once {@link #commit} returned. Safe for any thread.
 */
public final class Ledger implements Closeable {

  /**
   * Rows after which the table is saved without being asked for: so many that most are at their end
   * and are saved once.
   */
  private static final int MANY = 8_000;

  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  private final Chain chain;
  private final Projection projection;
  private final ThreadPoolExecutor saver;
  private final Map<Long, Delivery> open = new TreeMap<>();

  /** Held while the table is saved; always taken before this object's own lock. */
  private final Object table = new Object();

  private Unsaved unsaved = new Unsaved();
  private Unsaved saving = new Unsaved();
  private long lastId;
  private long position;

  /** Rows that the table does not have, and their idempotency keys. */
  private static final class Unsaved {
    private final Map<Long, Delivery> rows = new LinkedHashMap<>();
    private final Map<String, Long> keys = new HashMap<>();

    void put(Delivery d) {
      rows.put(d.id(), d);
      if (d.key() != null) {
        keys.put(d.source().line() + '\n' + d.key(), d.id());
      }
    }
  }

  /**
   * Opens the ledger and brings its table up to the chain's end.
   *
   * @param journal the chain; closed with this
   * @param source the table's database, migrated
   * @param clock asked with every commit how far its time can be believed
   */
  public Ledger(Journal journal, javax.sql.DataSource source, TrustedClock clock)
      throws IOException {
    this.chain = new Chain(journal, clock);
    this.projection = new Projection(source);
    this.saver =
        new ThreadPoolExecutor(
            0,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1),
            Ledger::thread,
            new ThreadPoolExecutor.DiscardPolicy());
    Projection.Applied applied = projection.applied();
    if (applied.position() > chain.last()) {
      throw new IOException(
          "the ledger's index knows entry "
              + applied.position()
              + " but the chain ends at "
              + chain.last());
    }
    try {
      catchUp(applied);
    } catch (IllegalArgumentException e) {
      LOG.warn("the ledger's table lacks rows, and is made again from the chain", e);
      projection.clear();
      open.clear();
      unsaved = new Unsaved();
      catchUp(projection.applied());
    }
  }

  private void catchUp(Projection.Applied applied) throws IOException {
    lastId = applied.lastId();
    position = applied.position();
    projection
        .query("join open_delivery o on o.id = d.id order by d.id")
        .forEach(d -> open.put(d.id(), d));
    chain.read(
        applied.position() + 1,
        (at, event) -> {
          fold(at, event, before(List.of(event)).get(event.id()));
          if (unsaved.rows.size() >= MANY) {
            flush();
          }
        });
    flush();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "kiban-exchange-ledger");
    thread.setDaemon(true);
    return thread;
  }

  /** The number that the next delivery gets; given once. */
  public synchronized long nextId() {
    return ++lastId;
  }

  /**
   * Makes events durable, all or none, in this order. None gets a time before that of the one
   * before it.
   *
   * @throws IOException if they could not be; then none of them happened
   */
  public void commit(List<? extends LedgerEvent> events) throws IOException {
    if (events.isEmpty()) {
      return;
    }
    int waiting;
    synchronized (this) {
      Map<Long, Delivery> rows = before(events);
      List<LedgerEvent> written = chain.append(events);
      long at = chain.last() - written.size();
      for (LedgerEvent event : written) {
        Delivery now = fold(++at, event, rows.get(event.id()));
        rows.put(now.id(), now);
      }
      waiting = unsaved.rows.size();
    }
    if (waiting >= 2 * MANY) {
      save();
    } else if (waiting >= MANY) {
      saver.execute(this::save);
    }
  }

  private void save() {
    try {
      flush();
    } catch (IOException e) {
      // The events happened. The table follows with the next flush, or when the ledger is opened.
      LOG.debug("the table stays behind the chain for now", e);
    }
  }

  /** The rows that events change, read before the chain has them: afterwards nothing may fail. */
  private Map<Long, Delivery> before(List<? extends LedgerEvent> events) throws IOException {
    Map<Long, Delivery> rows = new HashMap<>();
    for (LedgerEvent event : events) {
      if (!event.begins() && !rows.containsKey(event.id())) {
        get(event.id()).ifPresent(d -> rows.put(d.id(), d));
      }
    }
    return rows;
  }

  private Delivery fold(long at, LedgerEvent event, Delivery before) {
    Delivery now = Delivery.after(before, at, event);
    unsaved.put(now);
    if (now.open()) {
      open.put(now.id(), now);
    } else {
      open.remove(now.id());
    }
    lastId = Math.max(lastId, now.id());
    position = at;
    return now;
  }

  /** Saves the table as far as the chain is now; events may go on meanwhile. */
  public void flush() throws IOException {
    synchronized (table) {
      Projection.Applied applied;
      synchronized (this) {
        if (unsaved.rows.isEmpty()) {
          return;
        }
        saving = unsaved;
        unsaved = new Unsaved();
        // Numbers that were given but not used are given again after a restart.
        applied = new Projection.Applied(position, lastId);
      }
      boolean saved = false;
      try {
        projection.save(saving.rows.values(), applied);
        saved = true;
      } finally {
        saved(saved);
      }
    }
  }

  private synchronized void saved(boolean all) {
    if (!all) {
      saving.rows.forEach(unsaved.rows::putIfAbsent);
      saving.keys.forEach(unsaved.keys::putIfAbsent);
    }
    saving = new Unsaved();
  }

  /** A delivery's row. */
  public Optional<Delivery> get(long id) throws IOException {
    synchronized (this) {
      Delivery known = unsaved.rows.getOrDefault(id, saving.rows.getOrDefault(id, open.get(id)));
      if (known != null) {
        return Optional.of(known);
      }
    }
    return projection.query("where id = ?", id).stream().findFirst();
  }

  /**
   * The deliveries that were accepted under idempotency keys, by key; only those that there are.
   */
  public Map<String, Delivery> accepted(String line, Collection<String> keys) throws IOException {
    Map<String, Delivery> found = new HashMap<>();
    List<String> rest = new ArrayList<>();
    synchronized (this) {
      for (String key : keys) {
        String whole = line + '\n' + key;
        Long id = unsaved.keys.getOrDefault(whole, saving.keys.get(whole));
        if (id == null) {
          rest.add(key);
        } else {
          found.put(key, unsaved.rows.getOrDefault(id, saving.rows.get(id)));
        }
      }
    }
    projection.accepted(line, rest).forEach(d -> found.put(d.key(), d));
    return found;
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
  public List<Delivery> query(String rest, Object... args) throws IOException {
    flush();
    return projection.query(rest, args);
  }

  /** Where the store keeps contents that deliveries refer to: references before the colon. */
  public Set<String> stored() throws IOException {
    flush();
    return projection.stored();
  }

  /**
   * When the oldest delivery was received of which something is kept, stored or in quarantine.
   *
   * @return microseconds of the epoch by interface
   */
  public Map<String, Long> oldestKept() throws IOException {
    flush();
    return projection.oldestKept();
  }

  /** Number of deliveries by state. */
  public Map<String, Long> counts() throws IOException {
    flush();
    return projection.counts();
  }

  /** Number of the last entry of the chain. */
  public long entries() {
    return chain.last();
  }

  /** What was known of the time of the entry at a position. */
  public TimeView time(long at) throws IOException {
    return chain.stamp(at).view();
  }

  Chain chain() {
    return chain;
  }

  /** Something to be done. */
  interface Work {
    void run() throws IOException;
  }

  /** Does something while nothing is committed or saved. */
  void standingStill(Work work) throws IOException {
    synchronized (table) {
      synchronized (this) {
        work.run();
      }
    }
  }

  @Override
  public void close() throws IOException {
    saver.shutdown();
    flush();
    chain.close();
  }
}
