package org.kiban.storage.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.kiban.core.backup.BackupSource.Staging;
import org.kiban.core.storage.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal over segment files. One thread of its own writes: whatever appends wait when it comes
 * round share one frame and one sync, and an interrupt of a caller cannot close the file.
 */
final class FileJournal implements Journal {

  /** An append that waits. An empty one asks the writer to stop. */
  private record Waiting(List<byte[]> payloads, long bytes, CompletableFuture<Long> done) {}

  private static final Logger LOG = LoggerFactory.getLogger(FileJournal.class);
  private static final int MAX_PAYLOAD = 16 << 20;
  private static final int MAX_APPEND = 64 << 20;

  private final Segments segments;
  private final Contents contents;
  private final Limits limits;
  private final Closeable lock;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Object gate = new Object();
  private final Chain chain = new Chain();

  /** Held while something is written, or while nothing may be. */
  private final Semaphore pen = new Semaphore(1);

  private final Thread thread;
  private SegmentWriter writer;
  private volatile Durable durable;
  private long anchored;
  private long unanchoredSince;
  private boolean closed;

  /**
   * Opens a journal; on failure the caller keeps the lock.
   *
   * @param lock released when the journal is closed
   * @param threadName of the writing thread
   */
  FileJournal(Segments segments, Limits limits, Closeable lock, String threadName)
      throws IOException {
    this.segments = segments;
    this.contents = new Contents(segments);
    this.limits = limits;
    this.lock = lock;
    this.durable = new Recovery(segments).run();
    Anchor anchor = segments.head();
    this.anchored = anchor == null ? 0 : anchor.position();
    this.unanchoredSince = System.nanoTime();
    this.writer = writer(durable.segment(), durable.end());
    this.thread = new Thread(this::work, threadName);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public long append(List<byte[]> payloads) throws IOException {
    Waiting waiting = new Waiting(copy(payloads), bytes(payloads), new CompletableFuture<>());
    synchronized (gate) {
      if (closed) {
        throw new IOException(segments.directory() + ": the journal is closed");
      }
      queue.add(waiting);
    }
    try {
      return waiting.done.join();
    } catch (CompletionException e) {
      throw new IOException(
          segments.directory() + ": cannot append: " + e.getCause().getMessage(), e.getCause());
    }
  }

  @Override
  public long last() {
    return durable.last();
  }

  @Override
  public byte[] head() {
    return durable.hash().clone();
  }

  @Override
  public void read(long from, Reader reader) throws IOException {
    if (from < 1) {
      throw new IllegalArgumentException("positions begin at 1: " + from);
    }
    contents.read(() -> durable, from, reader);
  }

  @Override
  public List<Damage> verify() throws IOException {
    return contents.verify(() -> durable);
  }

  @Override
  public Base base() throws IOException {
    return contents.base();
  }

  @Override
  public long expire(Instant now, Duration keep, Dating dating) throws IOException {
    contents.alone().lock(); // before the pen: a reader may wait for what it appends
    hold();
    try {
      Expiry expiry = new Expiry(segments);
      if (expiry.isSealDue(durable, now, keep, dating)) {
        roll(durable);
        durable = new Durable(durable.last(), durable.hash(), writer.path(), writer.end());
      }
      return expiry.expire(durable, now.minus(keep), dating);
    } finally {
      release();
      contents.alone().unlock();
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (gate) {
      if (closed) {
        return;
      }
      closed = true;
      queue.add(new Waiting(List.of(), 0, new CompletableFuture<>()));
    }
    join();
    try {
      writer.close();
      segments.head(durable.last(), durable.hash());
    } finally {
      lock.close();
    }
  }

  /** Lets nothing be written until {@link #release}; any thread may call that. */
  void hold() {
    pen.acquireUninterruptibly();
  }

  void release() {
    pen.release();
  }

  /** Copies what is durable; the journal must be held. */
  void copy(Staging staging) throws IOException {
    segments.copy(durable, staging);
  }

  private void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    boolean stop = false;
    while (!stop) {
      List<Waiting> group = new ArrayList<>();
      try {
        stop = collect(group);
      } catch (InterruptedException e) {
        continue; // nobody has a reason to interrupt this thread; only close() ends it
      }
      if (!group.isEmpty()) {
        commit(group);
      }
      if (!stop && anchorDueMs() <= 0) {
        anchor();
      }
    }
  }

  /** Milliseconds until the anchor is to be written, or for ever if it is up to date. */
  private long anchorDueMs() {
    if (anchored == durable.last()) {
      return Long.MAX_VALUE;
    }
    return limits.anchorMs() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - unanchoredSince);
  }

  /** Without it entries that vanish from the end would be missed if this is never closed. */
  private void anchor() {
    Durable now = durable;
    try {
      segments.head(now.last(), now.hash());
      anchored = now.last();
    } catch (IOException e) {
      LOG.debug("{}: the anchor stays behind", segments.directory(), e);
      unanchoredSince = System.nanoTime();
    }
  }

  /**
   * Takes what waits, at most a group; nothing if the anchor is due first. True if it is time to
   * stop.
   */
  private boolean collect(List<Waiting> group) throws InterruptedException {
    long bytes = 0;
    Waiting next = queue.poll(anchorDueMs(), TimeUnit.MILLISECONDS);
    while (next != null) {
      if (next.payloads.isEmpty()) {
        return true;
      }
      group.add(next);
      bytes += next.bytes;
      next = bytes < limits.groupBytes() ? queue.poll() : null;
    }
    return false;
  }

  private void commit(List<Waiting> group) {
    try {
      hold();
      try {
        write(group);
      } finally {
        release();
      }
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      if (group.size() > 1) {
        group.forEach(one -> commit(List.of(one))); // one that is too big must not fail the others
      } else {
        group.get(0).done.completeExceptionally(e);
      }
      return;
    }
    long position = durable.last();
    for (int i = group.size() - 1; i >= 0; i--) {
      long last = position;
      position -= group.get(i).payloads.size();
      group.get(i).done.complete(last);
    }
  }

  private void write(List<Waiting> group) throws IOException {
    Durable before = durable;
    if (writer.end() >= limits.segmentBytes()) {
      roll(before);
    }
    List<byte[]> payloads = group.stream().flatMap(one -> one.payloads.stream()).toList();
    writer.write(Frame.encode(writer.cipher(), before.last() + 1, before.hash(), payloads));
    byte[] hash = before.hash();
    long position = before.last();
    for (byte[] payload : payloads) {
      hash = chain.next(hash, ++position, payload);
    }
    if (anchored == before.last()) {
      unanchoredSince = System.nanoTime();
    }
    durable = new Durable(position, hash, writer.path(), writer.end());
  }

  private void roll(Durable before) throws IOException {
    writer.cut();
    Path file = segments.create(before.last() + 1, writer.path(), writer.end());
    SegmentWriter sealed = writer;
    writer = writer(file, SegmentHeader.BYTES);
    sealed.close();
  }

  private SegmentWriter writer(Path file, long end) throws IOException {
    SegmentHeader header;
    try (SegmentReader reader = new SegmentReader(file, segments.key(), Long.MAX_VALUE)) {
      header = reader.header();
    }
    return new SegmentWriter(file, segments.key(), header, end, limits.aheadBytes());
  }

  private static List<byte[]> copy(List<byte[]> payloads) {
    return payloads.stream().map(byte[]::clone).toList();
  }

  private static long bytes(List<byte[]> payloads) {
    long bytes = 0;
    for (byte[] payload : payloads) {
      if (payload.length > MAX_PAYLOAD) {
        throw new IllegalArgumentException("payload above 16 MiB: " + payload.length);
      }
      bytes += payload.length + 4L;
    }
    if (payloads.isEmpty() || bytes > MAX_APPEND) {
      throw new IllegalArgumentException(
          "an append takes at least one payload and at most 64 MiB, not " + bytes);
    }
    return bytes;
  }
}
