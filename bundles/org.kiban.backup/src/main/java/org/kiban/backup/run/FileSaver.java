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
import org.kiban.backup.chunk.Chunker;
import org.kiban.backup.repository.BlobType;
import org.kiban.backup.repository.Buffers;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Writer;
import org.kiban.platform.remote.Waits;

/**
 * Saves the content of files. A small file is done by the thread that reads it; the pieces of a
 * large one are handed to others while it is read on. A budget of bytes bounds what is in memory.
 */
final class FileSaver implements AutoCloseable {

  private static final int BUDGET_KIB = (Repository.isLean() ? 12 : 48) * 1024;
  private static final int READ = 256 * 1024; // stays near the processor until it is searched
  private static final int FIRST = Chunker.MIN + 1;
  private static final int USUAL = 2 << 20; // three of four pieces are no longer

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
    this.windows = new Semaphore(Repository.isLean() ? Math.min(2, threads) : threads);
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

  /** Each that is read at a time takes room for a piece, beside the budget. */
  private Content large(ReadableByteChannel in, byte[] beginning, int already) throws IOException {
    Waits.until(windows::acquire);
    List<Future<Id>> pieces = new ArrayList<>();
    long size;
    try {
      size = cut(in, beginning, already, pieces);
    } finally {
      windows.release();
    }
    return new Content(collect(pieces), size);
  }

  /** Hands over all pieces, each in the array that it was read into; returns how many bytes. */
  private long cut(ReadableByteChannel in, byte[] beginning, int already, List<Future<Id>> pieces)
      throws IOException {
    byte[] window = buffers.take(USUAL);
    try {
      System.arraycopy(beginning, 0, window, 0, already);
      int known = 0;
      int end = already;
      long size = 0;
      boolean last = false;
      while (true) {
        int cut = chunker.cut(window, 0, known, end, last);
        if (cut == 0) {
          return size;
        }
        if (cut < 0) {
          known = end;
          window = room(window, end);
          int target = Math.min(known + READ, Chunker.MAX);
          end = read(in, window, known, target);
          last = end < target;
        } else {
          byte[] piece = window;
          int permits = acquire(piece);
          window = buffers.take(USUAL);
          System.arraycopy(piece, cut, window, 0, end - cut);
          pieces.add(submit(piece, cut, permits));
          known = 0;
          end -= cut;
          size += cut;
        }
      }
    } finally {
      buffers.give(window);
    }
  }

  /** An array with the same bytes and room for more. */
  private byte[] room(byte[] window, int used) {
    if (window.length >= Math.min(used + READ, Chunker.MAX)) {
      return window;
    }
    byte[] larger = buffers.take(Math.min(2 * used, Chunker.MAX));
    System.arraycopy(window, 0, larger, 0, used);
    buffers.give(window);
    return larger;
  }

  private int acquire(byte[] piece) throws IOException {
    int permits = piece.length >> 10;
    Waits.until(() -> budget.acquire(permits));
    return permits;
  }

  private Future<Id> submit(byte[] piece, int length, int permits) {
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
