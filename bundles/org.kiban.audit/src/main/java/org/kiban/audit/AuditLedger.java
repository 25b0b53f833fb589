package org.kiban.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.kiban.audit.export.Export;
import org.kiban.core.KibanException;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.TrustedClock;
import org.kiban.core.keys.Keys;
import org.kiban.core.keys.TlsIdentity;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.Journal;
import org.kiban.core.storage.Journals;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one ledger of what people did on this node: an encrypted journal whose entries are chained by
 * their hashes. Nothing takes an entry out. Safe for any thread.
 */
@Component(
    service = {AuditLedger.class, HealthCheck.class},
    property = {HealthCheck.NAME + "=audit", HealthCheck.TAGS + "=node"})
public final class AuditLedger implements HealthCheck {

  private static final Logger LOG = LoggerFactory.getLogger(AuditLedger.class);

  private final NodePaths paths;
  private final TrustedClock clock;
  private final DurableFiles files;
  private final TlsIdentity identity;
  private final Journal journal;
  private final Payload payload = new Payload();
  private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>();
  private final Thread writer = new Thread(this::drain, "kiban-audit-1");

  private volatile String failure = "";

  /** Opens the ledger and notes that the node keeps it from now on. */
  @Activate
  public AuditLedger(
      @Reference NodePaths paths,
      @Reference DurableFiles files,
      @Reference Journals journals,
      @Reference Keys keys,
      @Reference TlsIdentity identity,
      @Reference TrustedClock clock)
      throws IOException {
    this.paths = paths;
    this.clock = clock;
    this.files = files;
    this.identity = identity;
    this.journal =
        journals.open(paths.nodeDirectory("audit").resolve("ledger"), keys.node("audit-ledger"));
    this.writer.start();
    note(new Act(Act.Kind.AUDIT, "node", "", "", "audit", "begun", 0, List.of()));
  }

  /** Writes what waits and closes the ledger. */
  @Deactivate
  public void close() throws IOException, InterruptedException {
    note(new Act(Act.Kind.AUDIT, "node", "", "", "audit", "done", 0, List.of()));
    waiting.add(new byte[0]);
    writer.join();
    journal.close();
  }

  /**
   * Notes an act; durable on return. If the ledger cannot be written, health and log say so and the
   * act goes on: an operator at a full disk must be able to make room.
   *
   * @return its position, 0 if it could not be written
   */
  public long record(Act act) {
    try {
      return append(List.of(payload.write(act, clock.read())));
    } catch (IOException e) {
      fail(e);
      return 0;
    }
  }

  /** Notes an act soon, in the order of calls; for threads that must not wait for the disk. */
  public void note(Act act) {
    try {
      waiting.add(payload.write(act, clock.read()));
    } catch (IOException e) {
      fail(e);
    }
  }

  /**
   * The newest entries that match, the newest last.
   *
   * @throws KibanException if the ledger is damaged
   */
  public List<Entry> list(Query query) {
    return read(
        () -> {
          Deque<Entry> found = new ArrayDeque<>();
          journal.read(
              1,
              e -> {
                Entry entry = payload.read(e);
                if (query.wants(entry)) {
                  found.add(entry);
                  if (found.size() > query.limit()) {
                    found.removeFirst();
                  }
                }
              });
          return List.copyOf(found);
        });
  }

  /**
   * One entry.
   *
   * @param position its number
   */
  public Optional<Entry> find(long position) {
    if (position < 1) {
      return Optional.empty();
    }
    return read(
        () -> {
          List<Entry> found = new ArrayList<>();
          journal.read(
              position,
              e -> {
                if (e.position() == position) {
                  found.add(payload.read(e));
                }
              });
          return found.stream().findFirst();
        });
  }

  /** Walks the whole chain on disk. */
  public Chain verify() {
    return read(
        () ->
            new Chain(
                journal.last(),
                HexFormat.of().formatHex(journal.head()),
                journal.verify().stream().map(d -> d.position() + ": " + d.reason()).toList()));
  }

  /**
   * Writes all entries to a new file, signed by the node, for a machine that knows nothing of it.
   *
   * @param file does not exist
   * @throws KibanException (refused) if it does
   */
  public Chain export(Path file) {
    if (Files.exists(file)) {
      throw new KibanException(Outcome.REFUSED, AuditMessage.EXPORT_EXISTS, file);
    }
    Chain chain = verify();
    if (chain.damages().isEmpty()) {
      read(
          () -> {
            files.write(
                file, out -> new Export(paths.nodeName(), clock, identity).write(journal, out));
            return file;
          });
    }
    return chain;
  }

  private void drain() {
    List<byte[]> taken = new ArrayList<>();
    while (taken.isEmpty() || taken.get(taken.size() - 1).length > 0) {
      taken.clear();
      try {
        taken.add(waiting.take());
        waiting.drainTo(taken);
        List<byte[]> written = taken.stream().filter(p -> p.length > 0).toList();
        if (!written.isEmpty()) {
          append(written);
        }
      } catch (IOException e) {
        fail(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private long append(List<byte[]> payloads) throws IOException {
    long last = journal.append(payloads);
    failure = "";
    return last;
  }

  private void fail(IOException e) {
    failure = AuditMessage.CANNOT_WRITE.line(e.getMessage());
    LOG.error("{}", failure, e);
  }

  @Override
  public Result execute() {
    return failure.isEmpty()
        ? new Result(Result.Status.OK, journal.last() + " entries")
        : new Result(Result.Status.CRITICAL, failure);
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private static <T> T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, AuditMessage.CANNOT_READ, e.getMessage());
    }
  }
}
