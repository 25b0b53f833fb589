package org.kiban.exchange.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.kiban.core.TrustedClock;
import org.kiban.core.storage.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hash-chained journal as events with times that never go backwards from one to the next.
 * Appending is for one thread at a time.
 */
final class Chain implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Chain.class);

  private final Journal journal;
  private final TrustedClock clock;
  private final EventCodec codec = new EventCodec();

  /** Time of the last entry: no later one has an earlier. */
  private long lastAt;

  /**
   * @param journal closed with this
   * @param clock asked with every append how far its time can be believed
   */
  Chain(Journal journal, TrustedClock clock) {
    this.journal = journal;
    this.clock = clock;
    try {
      this.lastAt = journal.last() == 0 ? 0 : stamp(journal.last()).at();
    } catch (IOException e) {
      // A damaged chain is read as far as it can be; verify names the place.
      LOG.warn("the time of the ledger's last entry cannot be read", e);
    }
  }

  /** Receives what entries hold, in order. */
  @FunctionalInterface
  interface Reader<T> {
    void accept(long position, T held) throws IOException;
  }

  Journal journal() {
    return journal;
  }

  /** The number of the last entry. */
  long last() {
    return journal.last();
  }

  /**
   * Makes events durable, all or none. Each has its own time, or that of the entry before if that
   * is later, and what is known of the time now.
   *
   * @return them as they were written, the last at {@link #last}
   */
  List<LedgerEvent> append(List<? extends LedgerEvent> events) throws IOException {
    Stamp stamp = Stamp.now(clock, lastAt);
    List<LedgerEvent> written = new ArrayList<>(events.size());
    List<byte[]> payloads = new ArrayList<>(events.size());
    long at = lastAt;
    for (LedgerEvent event : events) {
      // Events of several threads come in the order of their commits; their times follow it.
      LedgerEvent now = event.at() < at ? event.at(at) : event;
      at = now.at();
      written.add(now);
      payloads.add(codec.encode(now, stamp));
    }
    journal.append(payloads);
    lastAt = at;
    return written;
  }

  /** Reads events from a position on. */
  void read(long from, Reader<LedgerEvent> reader) throws IOException {
    journal.read(from, entry -> reader.accept(entry.position(), codec.decode(entry.payload())));
  }

  /** Reads what entries say of their times, from the first. */
  void times(Reader<Stamp> reader) throws IOException {
    journal.read(1, entry -> reader.accept(entry.position(), codec.stamp(entry.payload())));
  }

  /**
   * What the entry at a position says of its time.
   *
   * @throws IOException if there is none, or it is damaged
   */
  Stamp stamp(long position) throws IOException {
    try {
      journal.read(
          position,
          entry -> {
            throw new Found(codec.stamp(entry.payload()));
          });
    } catch (Found found) {
      return found.stamp;
    }
    throw new IOException("the chain has no entry " + position);
  }

  /** Ends the reading: one entry is enough. */
  private static final class Found extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient Stamp stamp;

    Found(Stamp stamp) {
      this.stamp = stamp;
    }
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
