package org.kiban.backup.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.kiban.backup.backend.Waits;
import org.kiban.backup.chunk.Chunker;
import org.kiban.backup.repository.BlobType;
import org.kiban.backup.repository.Buffers;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Writer;

/**
 * Saves the content of files. A small file is done by the thread that reads it; the pieces of a
 * large one are handed to others while it is read on. A budget of bytes bounds what is in memory.
 */
final class FileSaver implements AutoCloseable {

  private static final int BUDGET_KIB = (Repository.isLean() ? 12 : 48) * 1024;
  private static final int READ = 1 << 20;
  private static final int FIRST = Chunker.MIN + 1;
  private static final int WINDOW = Chunker.MAX + 4 * READ;

  private final Writer writer;
  private final Chunker chunker;
  private final Progress progress;
  private final ExecutorService pieces;
  private final Buffers buffers = new Buffers();
  private final Semaphore budget = new Semaphore(BUDGET_KIB);
  private final Semaphore windows;
  private final ThreadLocal<byte[]> beginnings = ThreadLocal.withInitial(() -> new byte[FIRST]);

  /** What a file was. */
  record Content(List<Id> blobs, long size) {}

  FileSaver(Writer writer, Chunker chunker, Progress progress, int threads) {
    this.writer = writer;
    this.chunker = chunker;
    this.progress = progress;
    this.windows = new Semaphore(Repository.isLean() ? 1 : threads);
    this.pieces = Executors.newFixedThreadPool(threads, Repository.threads("kiban-backup-piece"));
  }

  /**
   * Saves what is in a file.
   *
   * @param expected its length when it was looked at, which spares asking for more at its end
   */
  Content save(Path path, long expected) throws IOException {
    try (FileChannel in =
        FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return save(in, expected > 0 ? (int) Math.min(expected, FIRST) : FIRST);
    }
  }

  /** Saves what can be read. */
  Content save(InputStream in) throws IOException {
    return save(Channels.newChannel(in), FIRST);
  }

  private Content save(ReadableByteChannel in, int first) throws IOException {
    byte[] window = beginnings.get();
    int length = read(in, window, 0, first);
    if (length == 0) {
      return new Content(List.of(), 0);
    }
    if (length <= Chunker.MIN) {
      progress.bytes(length);
      return new Content(List.of(writer.add(BlobType.DATA, window, length)), length);
    }
    return large(in, window, length);
  }

  /** Reads until the buffer is full or the file ends. */
  private static int read(ReadableByteChannel in, byte[] into, int from, int to)
      throws IOException {
    int at = from;
    while (at < to) {
      int got = in.read(ByteBuffer.wrap(into, at, Math.min(READ, to - at)));
      if (got < 0) {
        break;
      }
      at += got;
    }
    return at;
  }

  /** Where memory is short one large file is read at a time; others compress it meanwhile. */
  private Content large(ReadableByteChannel in, byte[] beginning, int already) throws IOException {
    Waits.until(windows::acquire);
    List<Future<Id>> pieces = new ArrayList<>();
    long size;
    byte[] window = buffers.take(WINDOW);
    try {
      System.arraycopy(beginning, 0, window, 0, already);
      size = cut(in, window, already, pieces);
    } finally {
      buffers.give(window);
      windows.release();
    }
    return new Content(collect(pieces), size);
  }

  /** Hands over all pieces; returns how many bytes they are. */
  private long cut(ReadableByteChannel in, byte[] window, int already, List<Future<Id>> pieces)
      throws IOException {
    int start = 0;
    int end = already;
    long size = 0;
    boolean last = false;
    while (true) {
      int cut = chunker.cut(window, start, end, last);
      if (cut < 0) {
        if (start > 0 && window.length - end < READ) {
          System.arraycopy(window, start, window, 0, end - start);
          end -= start;
          start = 0;
        }
        int target = Math.min(window.length, end + READ);
        int got = read(in, window, end, target);
        last = got < target;
        end = got;
      } else if (cut == 0) {
        return size;
      } else {
        pieces.add(submit(window, start, cut));
        start += cut;
        size += cut;
      }
    }
  }

  private Future<Id> submit(byte[] window, int from, int length) throws IOException {
    int permits = length + 1023 >> 10;
    Waits.until(() -> budget.acquire(permits));
    byte[] piece = buffers.take(length);
    System.arraycopy(window, from, piece, 0, length);
    return pieces.submit(
        () -> {
          try {
            Id id = writer.add(BlobType.DATA, piece, length);
            progress.bytes(length);
            return id;
          } finally {
            buffers.give(piece);
            budget.release(permits);
          }
        });
  }

  private static List<Id> collect(List<Future<Id>> futures) throws IOException {
    List<Id> ids = new ArrayList<>(futures.size());
    for (Future<Id> future : futures) {
      ids.add(await(future));
    }
    return ids;
  }

  /** Waits for a result; an I/O error comes out as such. */
  static <T> T await(Future<T> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      if (e.getCause() instanceof RuntimeException bug) {
        throw bug;
      }
      if (e.getCause() instanceof Error error) {
        throw error; // no memory is nothing that a file did
      }
      throw new IOException(e.getCause());
    }
  }

  @Override
  public void close() {
    pieces.shutdown();
  }
}
