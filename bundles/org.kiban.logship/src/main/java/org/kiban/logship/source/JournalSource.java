package org.kiban.logship.source;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.kiban.core.Backoff;
import org.kiban.logship.LogCode;
import org.kiban.logship.parse.Packer.Tail;
import org.kiban.logship.parse.Profile;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.ship.SourceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of systemd, as {@code journalctl} follows it. Its entries are spooled with the cursor
 * up to which they were read, so that each is taken once whenever the node is killed.
 */
public final class JournalSource implements Source {

  /** Takes what the journal let go of before it was read. */
  @FunctionalInterface
  public interface Losses {
    /**
     * @param from when the last entry before was written
     * @param to when the first entry after was
     * @param reason in English
     * @throws IOException if it cannot be written down; it is told again
     */
    void lost(Origin origin, Instant from, Instant to, String reason) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(JournalSource.class);

  /** More than that is not held in memory for one frame, whatever waits. */
  private static final int GROUP_BYTES = 64 << 10;

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
  private static final long STOP_SECONDS = 10;

  private final String name;
  private final String place;
  private final List<String> units;
  private final boolean fromEnd;
  private final JournalSpool spool;
  private final Spooled stream;
  private final Losses losses;
  private final InstantSource clock;
  private final Thread thread;
  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
  private volatile Process process;
  private volatile String problem = "";
  private volatile boolean stopped;

  /**
   * @param name of the source in the configuration
   * @param identity what the stream is known by
   * @param place option of {@code journalctl}: which journal
   * @param units options of it: which units; none for all
   * @param fromEnd whether what is there at the first start is left out
   * @param spool closed with this
   * @param losses takes what the journal let go of before it was read
   */
  public JournalSource(
      String name,
      SourceId identity,
      String place,
      List<String> units,
      boolean fromEnd,
      JournalSpool spool,
      Losses losses,
      InstantSource clock) {
    this.name = name;
    this.place = place;
    this.units = List.copyOf(units);
    this.fromEnd = fromEnd;
    this.spool = spool;
    this.stream = new Spooled(new Origin(identity, name, "journal", Instant.EPOCH), spool);
    this.losses = losses;
    this.clock = clock;
    this.thread = new Thread(this::work, "kiban-logship-journal-" + name);
    thread.start();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Stream> look() {
    return List.of(stream);
  }

  @Override
  public String problem() {
    return problem;
  }

  @Override
  public void close() throws IOException {
    stopped = true;
    end();
    try {
      thread.interrupt();
      thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    spool.close();
  }

  private void work() {
    while (!stopped) {
      try {
        follow();
      } catch (IOException | RuntimeException e) {
        problem = stopped ? "" : LogCode.SOURCE_FAILED.line(name, e.getMessage());
        backoff.failed(clock.instant());
      } finally {
        end();
      }
      while (!stopped && !backoff.isOver(clock.instant())) {
        rest();
      }
    }
  }

  private void follow() throws IOException {
    String cursor = spool.cursor();
    boolean there = cursor.isEmpty() || isThere(cursor);
    List<String> options = new ArrayList<>(units);
    options.add("--follow");
    if (!cursor.isEmpty()) {
      // Not --after-cursor: where the cursor is gone that leaves out one more.
      options.add("--cursor=" + cursor);
    }
    options.add(cursor.isEmpty() && fromEnd ? "--lines=0" : "--no-tail");
    start(options);
    try (InputStream in = new BufferedInputStream(process.getInputStream(), 1 << 16)) {
      JournalEntries entries = new JournalEntries(in);
      JournalEntries.Entry entry = entries.next();
      if (entry != null && entry.cursor().equals(cursor)) {
        entry = entries.next();
      } else if (entry != null && !there) {
        tell(cursor, entry.cursor());
      }
      if (!take(entries, entry)) {
        throw new IOException(entries.said().isEmpty() ? "journalctl ended" : entries.said());
      }
    }
  }

  /** Whether the journal still has the entry that was taken last, of whatever unit. */
  private boolean isThere(String cursor) throws IOException {
    start(List.of("--cursor=" + cursor, "--lines=1"));
    try (InputStream in = new BufferedInputStream(process.getInputStream(), 1 << 16)) {
      JournalEntries entries = new JournalEntries(in);
      JournalEntries.Entry entry = entries.next();
      if (entry == null && !entries.said().isEmpty()) {
        throw new IOException(entries.said());
      }
      return entry != null && entry.cursor().equals(cursor);
    }
  }

  private void start(List<String> options) throws IOException {
    // Without --merge, --follow leaves out what was written before the last boot.
    List<String> all =
        new ArrayList<>(
            List.of("journalctl", "--output=json", "--all", "--quiet", "--no-pager", "--merge"));
    all.add(place);
    all.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(all);
    builder.environment().put("LC_ALL", "C.UTF-8");
    process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
  }

  private void tell(String before, String after) throws IOException {
    JournalCursor last = JournalCursor.parse(before);
    JournalCursor next = JournalCursor.parse(after);
    if (!last.isBefore(next)) {
      String reason = last.until(next) + ", deleted by the journal before they were read";
      losses.lost(stream.origin(), last.time(), next.time(), reason);
      LOG.error("{}", LogCode.JOURNAL_LOST.line(name, last.until(next)));
    }
  }

  /**
   * Takes what comes.
   *
   * @return false if the program ended; true if the journal may have let go of something meanwhile
   */
  private boolean take(JournalEntries entries, JournalEntries.Entry first) throws IOException {
    JournalEntries.Entry entry = first;
    while (entry != null && !stopped) {
      ByteArrayOutputStream lines = new ByteArrayOutputStream();
      String last = "";
      int count = 0;
      do {
        lines.writeBytes(entry.line());
        last = entry.cursor();
        count++;
        entry = entries.isThereMore() && lines.size() < GROUP_BYTES ? entries.next() : null;
      } while (entry != null);
      if (keep(lines.toByteArray(), count, last)) {
        return true;
      }
      entry = entries.next();
    }
    return false;
  }

  /**
   * Keeps lines. While there is no room, the journal itself keeps what comes.
   *
   * @return whether it had to wait, and something may have gone from the journal since
   */
  private boolean keep(byte[] lines, int count, String cursor) throws IOException {
    boolean waited = false;
    while (!spool.append(lines, count, cursor)) {
      waited = true;
      problem = LogCode.SOURCE_FAILED.line(name, "the spool is full: a destination is behind");
      if (stopped) {
        throw new IOException("stopped");
      }
      rest();
    }
    problem = "";
    backoff.worked();
    return waited;
  }

  private void rest() {
    try {
      TimeUnit.NANOSECONDS.sleep(BETWEEN_TRIES.toNanos());
    } catch (InterruptedException e) {
      stopped = true;
    }
  }

  private void end() {
    Process running = process;
    if (running != null) {
      running.destroy();
    }
  }

  /** What the spool holds, as a stream. */
  private record Spooled(Origin origin, JournalSpool spool) implements Stream {

    @Override
    public Profile profile() {
      return Profile.JOURNAL;
    }

    @Override
    public String place() {
      return origin.name();
    }

    @Override
    public long size() {
      return spool.size();
    }

    @Override
    public boolean isPacked() {
      return false;
    }

    @Override
    public boolean isGone() {
      return false;
    }

    @Override
    public Tail tail() {
      return Tail.OPEN;
    }

    @Override
    public long first() {
      return spool.first();
    }

    @Override
    public void release(long acknowledged) throws IOException {
      spool.release(acknowledged);
    }

    @Override
    public Reader open() {
      return spool.open();
    }
  }
}
