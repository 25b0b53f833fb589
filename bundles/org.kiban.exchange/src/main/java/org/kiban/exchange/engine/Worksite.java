package org.kiban.exchange.engine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import org.kiban.core.Municipality;
import org.kiban.core.NodePaths;
import org.kiban.core.Partners;
import org.kiban.core.TrustedClock;
import org.kiban.core.keys.Keys;
import org.kiban.core.storage.Databases;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.Journal;
import org.kiban.core.storage.Journals;
import org.kiban.exchange.api.Arrival;
import org.kiban.exchange.api.Inbound;
import org.kiban.exchange.ledger.Ledger;
import org.kiban.exchange.store.ContentStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The linkage of one municipality with everything open: one round takes in what arrived and brings
 * on what is owed. Rounds are run by one thread; the rest may be asked by any.
 */
final class Worksite implements Closeable {

  static final String CAPABILITY = "exchange";

  private static final Logger LOG = LoggerFactory.getLogger(Worksite.class);
  private static final long BATCH_BYTES = 4 << 20;

  /** No content takes longer than this from its last byte in the store to its ledger entry. */
  private static final Duration ON_ITS_WAY = Duration.ofHours(1);

  /** Contents received within this time may be kept as long as the last of them. */
  private static final Duration SPAN = Duration.ofDays(1);

  private static final int REFRESHES_BETWEEN_TRIES = 30;

  final Problems problems;
  final Places places;
  final Ledger ledger;
  final Declarations declarations;
  final Lines lines;
  final Contents contents;
  final Courier courier;
  final Tries tries;
  final Stranded stranded;
  final Ways ways;
  private final Lanes lanes;
  private final ContentStore store;
  private final Databases.Database database;
  final Scanner scanner;
  private final Workers workers;
  private final Workers bulk;
  private final Relay<Intake.Taken> staging;
  private final Relay<Courier.OnItsWay> publishing;
  final Intake intake;
  private final Unretired unretired;
  private final Receipts receipts;
  private final Retention retention;
  private final ExchangeConfig config;
  private final TrustedClock clock;
  private final Set<String> reconciled = new HashSet<>();
  private boolean begun;
  private int refreshes;

  /**
   * Services of the node that the linkage stands on.
   *
   * @param paths where things lie
   * @param files durable files
   * @param journals for the ledger's chain
   * @param databases for its table
   * @param keys what both are encrypted with
   * @param clock what is written into it
   * @param transports ways in and out
   * @param partners who may be named
   */
  record Node(
      NodePaths paths,
      DurableFiles files,
      Journals journals,
      Databases databases,
      Keys keys,
      TrustedClock clock,
      Transports transports,
      Partners partners) {}

  Worksite(Municipality municipality, ExchangeConfig config, Node node, Problems problems)
      throws IOException {
    this.config = config;
    this.problems = problems;
    this.clock = node.clock();
    this.places = new Places(node.paths().municipalityDirectory(municipality.code(), CAPABILITY));
    empty(places.work());
    Journal journal =
        node.journals()
            .open(
                places.ledger(), node.keys().municipality(municipality.code(), "exchange-ledger"));
    Databases.Database opened = null;
    try {
      opened =
          node.databases().open(municipality.code(), CAPABILITY, Worksite.class.getClassLoader());
      this.ledger = new Ledger(journal, opened.dataSource(), clock);
      this.store = store(municipality, node);
    } catch (IOException | RuntimeException e) {
      journal.close();
      if (opened != null) {
        opened.close();
      }
      throw e;
    }
    this.database = opened;
    String thread = "kiban-exchange-" + municipality.code();
    this.workers = new Workers(config.workers(), thread);
    this.bulk = new Workers(1, thread + "-large");
    this.declarations =
        new Declarations(declarations(municipality, node), places.declarations(), node.files());
    this.contents = new Contents(store, declarations, places.work());
    this.lines =
        new Lines(municipality, places, declarations, node.transports(), node.partners(), problems);
    new Leftovers(ledger, places.quarantine()).remove();
    Set<Long> inHand = ConcurrentHashMap.newKeySet();
    this.unretired = new Unretired(ledger, clock, problems);
    this.scanner = Scanner.of(config);
    this.intake =
        new Intake(
            ledger,
            store,
            places,
            node.files(),
            clock,
            workers,
            problems,
            lines.strays(),
            inHand,
            unretired,
            scanner);
    this.tries = new Tries(clock, problems);
    this.ways = new Ways(lines, declarations);
    this.courier = new Courier(ledger, contents, clock, workers, tries, ways, inHand);
    this.lanes = new Lanes(courier, () -> new Receipts(ledger, clock, problems), config);
    this.publishing = new Relay<>(courier::publish, thread + "-publish");
    this.staging = new Relay<>(t -> publishing.hand(stage(t)), thread + "-stage");
    this.stranded = new Stranded(ledger, declarations, problems);
    this.retention = new Retention(ledger, declarations, places.quarantine(), node.files(), clock);
    this.receipts = new Receipts(ledger, clock, problems);
  }

  /** The time that goes into the ledger. */
  Instant now() {
    return clock.now();
  }

  private ContentStore store(Municipality municipality, Node node) throws IOException {
    SecretKey key = node.keys().municipality(municipality.code(), "exchange-store");
    return new ContentStore(places.store(), key, node.files());
  }

  private static Path declarations(Municipality municipality, Node node) {
    return node.paths().etc().resolve(CAPABILITY).resolve(municipality.code().value());
  }

  private static void empty(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  /** Looks at the declarations and opens what changed. */
  void refresh() throws IOException {
    declarations.scan();
    lines.refresh();
    lanes.refresh(lines.open());
    stranded.report();
    lines.open().forEach((id, line) -> reconcile(id, line.inbound()));
    lines.strays().forEach(this::reconcile);
    if (++refreshes % REFRESHES_BETWEEN_TRIES == 0) {
      unretired.tryAgain();
    }
    receipts.collect(lines.open());
  }

  /** Once for each way in; one that cannot be asked now holds up no other. */
  private void reconcile(String id, Inbound inbound) {
    if (reconciled.contains(id)) {
      return;
    }
    try {
      unretired.reconcile(id, inbound);
      reconciled.add(id);
    } catch (IOException e) {
      problems.note("in:" + id, LinkageMessage.INBOUND_FAILED, id, Problems.reason(e));
    }
  }

  /**
   * One round.
   *
   * @return whether there was anything to do, so that the next should follow at once
   */
  boolean round() throws IOException {
    begun = true;
    List<Intake.Offered> small = new ArrayList<>();
    boolean any = false;
    for (Map.Entry<String, Line> e : lines.open().entrySet()) {
      for (Arrival a : poll(e.getKey(), e.getValue().inbound())) {
        Intake.Offered offered = new Intake.Offered(e.getValue(), e.getKey(), a);
        if (a.size() >= config.large$_$file$_$bytes()) {
          bulk.later(() -> courier.publish(stage(intake.take(List.of(offered)))));
        } else {
          small.add(offered);
        }
        any = true;
      }
    }
    for (Map.Entry<String, Inbound> e : lines.strays().entrySet()) {
      for (Arrival a : poll(e.getKey(), e.getValue())) {
        small.add(new Intake.Offered(null, e.getKey(), a));
        any = true;
      }
    }
    if (!small.isEmpty()) {
      any = handle(batches(small).iterator());
    }
    if (!any) {
      any = staging.finish() | publishing.finish();
    }
    any |= courier.resume(lines.open(), config.batch$_$files());
    if (!any) {
      ledger.flush();
    }
    return any;
  }

  /** Small files are held in memory while their batch lasts: so many bytes at a time, not more. */
  private static List<List<Intake.Offered>> batches(List<Intake.Offered> offered) {
    List<List<Intake.Offered>> batches = new ArrayList<>();
    long bytes = BATCH_BYTES;
    for (Intake.Offered o : offered) {
      if (bytes >= BATCH_BYTES) {
        batches.add(new ArrayList<>());
        bytes = 0;
      }
      batches.get(batches.size() - 1).add(o);
      bytes += o.arrival().size();
    }
    return batches;
  }

  /** Takes batches in, each while those before it are delivered; lets go those it cannot take. */
  private boolean handle(Iterator<List<Intake.Offered>> batches) throws IOException {
    boolean any = false;
    try {
      while (batches.hasNext()) {
        List<Intake.Offered> offered = batches.next();
        Intake.Taken taken = intake.take(offered);
        staging.hand(taken);
        any |= taken.failed() < offered.size();
      }
      return any;
    } finally {
      batches.forEachRemaining(batch -> batch.forEach(intake::release));
    }
  }

  private Courier.OnItsWay stage(Intake.Taken taken) throws IOException {
    try {
      return courier.stage(taken);
    } catch (IOException e) {
      unretired.owe(taken.gone());
      throw e;
    }
  }

  private List<Arrival> poll(String lineId, Inbound inbound) {
    try {
      List<Arrival> arrivals = inbound.poll(config.batch$_$files());
      problems.clear("in:" + lineId);
      return arrivals;
    } catch (IOException e) {
      problems.note("in:" + lineId, LinkageMessage.INBOUND_FAILED, lineId, Problems.reason(e));
      return List.of();
    }
  }

  /**
   * Removes what is kept of deliveries whose retention ended, and stored contents that nobody ever
   * came to refer to, because of a crash or because the file was a duplicate.
   */
  void tidy() throws IOException {
    retention.enforce();
    Instant now = Instant.now();
    // Before the first round nothing is on its way into the store.
    store.retain(ledger.stored(), begun ? now.minus(ON_ITS_WAY) : Instant.MAX, now.minus(SPAN));
  }

  @Override
  public void close() throws IOException {
    // From the last to the first, each whatever becomes of those before it.
    try (database;
        ledger;
        store;
        lines;
        lanes;
        workers;
        publishing;
        staging;
        bulk) {
      LOG.debug("closing the linkage in {}", places.root());
    }
  }
}
