package org.kiban.core.storage;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An append-only, checksummed, hash-chained log. Entries are numbered from 1 without gaps. An
 * append returns when the entry survives a power cut; appends of several threads at one time share
 * one fsync (group commit). Safe for any thread.
 */
public interface Journal extends Closeable {

  /**
   * One entry.
   *
   * @param position its number, from 1
   * @param payload its bytes
   * @param hash SHA-256 over the hash before it (32 zero bytes for the first), its position (8
   *     bytes, big-endian) and its payload
   */
  record Entry(long position, byte[] payload, byte[] hash) {}

  /**
   * What the oldest entry that is kept follows.
   *
   * @param position the last position that was let go of; 0 if none ever was
   * @param hash the chain hash there, 32 zero bytes if none was; the next hash begins with it
   */
  record Base(long position, byte[] hash) {}

  /** Tells the age of entries. */
  @FunctionalInterface
  interface Dating {
    /**
     * When an entry was written.
     *
     * @throws IOException if it does not tell
     */
    Instant of(byte[] payload) throws IOException;
  }

  /** Receives entries in order. */
  @FunctionalInterface
  interface Reader {
    /**
     * @throws IOException to stop reading; it reaches the caller of {@link #read}
     */
    void accept(Entry entry) throws IOException;
  }

  /**
   * A damaged place.
   *
   * @param position the first entry that cannot be trusted
   * @param reason what is wrong, in English
   */
  record Damage(long position, String reason) {}

  /**
   * Appends entries together: after a crash all of them are there or none.
   *
   * @param payloads at least one; each at most 16 MiB, together at most 64 MiB
   * @return the position of the last one
   * @throws IOException if they could not be made durable; none of them counts as written, and a
   *     later append works once the cause (such as a full disk) is gone
   */
  long append(List<byte[]> payloads) throws IOException;

  /** The position of the last durable entry, 0 if there is none. */
  long last();

  /** The hash of the last durable entry, 32 zero bytes if there is none. */
  byte[] head();

  /**
   * Reads the durable entries from a position on, in order.
   *
   * @param from the first position wanted, at least 1
   * @param reader called on this thread
   * @throws IOException if an entry is damaged or the reader stops
   */
  void read(long from, Reader reader) throws IOException;

  /**
   * What the oldest entry follows.
   *
   * @throws IOException if that entry cannot be read
   */
  Base base() throws IOException;

  /**
   * Lets go of what is older than is wanted, whole files of entries at a time: some that are up to
   * a sixteenth older, or a day, stay a while. Positions and hashes of the others stay what they
   * are, and the chain goes on being checked from {@link #base}. The newest entry always stays.
   *
   * @param now the time that ages are counted from
   * @param keep how long entries stay
   * @param dating tells when an entry was written; asked for few of them
   * @return how many went
   * @throws IOException if files cannot be read or removed; what was let go of by then is gone
   */
  long expire(Instant now, Duration keep, Dating dating) throws IOException;

  /**
   * Walks the whole chain on disk, without changing anything. Appends may go on meanwhile; those
   * after its start are not looked at.
   *
   * @return the damaged places, empty if every byte is as it was written
   * @throws IOException if the files cannot be read at all
   */
  List<Damage> verify() throws IOException;
}
