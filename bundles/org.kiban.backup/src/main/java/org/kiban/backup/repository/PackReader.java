package org.kiban.backup.repository;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.kiban.backup.backend.Backend;

/** Reads blobs of one pack in the order in which they lie, many by one access. For one thread. */
public final class PackReader implements AutoCloseable {

  /** What is read in vain rather than by another access. */
  public static final int GAP = 64 * 1024;

  /** The most that is read at once, unless one blob is larger. */
  public static final int STRETCH = 4 * 1024 * 1024;

  private final Repository repository;
  private final String pack;
  private final String file;
  private final Buffers buffers;
  private byte[] window;
  private int from;
  private int to;
  private byte[] plain;

  /**
   * Of a pack.
   *
   * @param buffers whose memory it uses until it is closed
   */
  public PackReader(Repository repository, Id pack, Buffers buffers) {
    this.repository = repository;
    this.buffers = buffers;
    this.window = buffers.take(0);
    this.plain = buffers.take(0);
    this.pack = pack.toString();
    this.file = Backend.Kind.PACK.path(this.pack);
  }

  /** Says that what lies between will be asked for; read unless it was. */
  public void ahead(int start, int end) throws IOException {
    if (start >= from && end <= to) {
      return;
    }
    if (start >= from && start < to) {
      return; // the rest is read when it is asked for
    }
    read(start, end);
  }

  private void read(int start, int end) throws IOException {
    window = room(window, end - start);
    from = start;
    to = start;
    try {
      repository.backend().load(Backend.Kind.PACK, pack, start, window, end - start);
      to = end;
    } catch (EOFException e) {
      throw new DamagedException(file, "is cut short");
    } catch (NoSuchFileException e) {
      throw new DamagedException(file, "is missing");
    }
  }

  /** A blob, held to its id; the array is valid until the next call. */
  public byte[] blob(Id id, Location where) throws IOException {
    int end = where.offset() + where.length();
    if (where.offset() < from || end > to) {
      read(where.offset(), end);
    }
    plain = room(plain, where.size());
    Id got =
        repository.unseal(
            window, where.offset() - from, where.length(), where.plain(), plain, file);
    if (!got.equals(id)) {
      throw new DamagedException(file, "blob " + id + " is not what its name says");
    }
    return plain;
  }

  private byte[] room(byte[] array, int length) {
    if (array.length >= length) {
      return array;
    }
    buffers.give(array);
    return buffers.take(length);
  }

  @Override
  public void close() {
    buffers.give(window);
    buffers.give(plain);
  }
}
