package org.kiban.exchange.api;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An open way out. The linkage calls {@link #stage}, then {@link #sync}, notes in its ledger that
 * the parcel is staged, then {@link #publish}, {@link #sync}, and notes that it is delivered. After
 * a crash between the notes it asks {@link #look} and acts on the answer: that makes the effect
 * exactly one. Safe for several threads, each with another parcel.
 */
public interface Outbound extends Closeable {

  /** Opens a parcel's content from the start; may be called again. */
  @FunctionalInterface
  interface Content {
    /** Returns a new stream that the caller closes. */
    InputStream open() throws IOException;

    /**
     * The content as a durable file that nobody else needs: it may be renamed instead of copied,
     * which ends {@link #open}. It may lie anywhere; only where {@link Outbound#spool} said is a
     * rename certain to be possible.
     */
    default Optional<Path> file() {
      return Optional.empty();
    }
  }

  /** What the world says about a parcel whose staging was noted. */
  enum Presence {
    /** Staged and not yet visible to the consumer, or it cannot be told: publish (again). */
    STAGED,
    /** Visible to the consumer, or already taken by it. */
    PUBLISHED,
    /** Nothing of it is left and it was never published: stage it again. */
    LOST
  }

  /**
   * Whether {@link #publish}, {@link #confirmed} and {@link #close} may wait for another machine.
   * The linkage then calls them on threads that this way out has to itself, so that nothing else
   * waits with it; {@link #stage}, {@link #sync} and {@link #look} wait for nobody.
   */
  default boolean distant() {
    return false;
  }

  /**
   * Says where a large content is best written for {@link #stage} to need no copy of it.
   *
   * @return the path of a file that does not exist yet and that the consumer does not see, in an
   *     existing directory; nothing if content is copied anyway. Who makes it removes it; one that
   *     a crash leaves behind is removed when the transport has begun anew and opens this way out
   */
  default Optional<Path> spool() throws IOException {
    return Optional.empty();
  }

  /**
   * Brings content and manifest near the consumer, invisible to it. Repeating it replaces what an
   * earlier try left.
   *
   * @throws IOException if there is no room, no permission, no connection; the linkage tries later
   */
  void stage(Parcel parcel, Content content) throws IOException;

  /**
   * Makes a parcel that was staged and synced visible to the consumer, whole, in one step; the
   * manifest after the content. Repeating it has no further effect on the consumer.
   *
   * @throws java.nio.file.FileAlreadyExistsException if another parcel of that name still lies
   *     there; it is never overwritten
   * @throws IOException if it cannot be done now
   */
  void publish(Parcel parcel) throws IOException;

  /**
   * Makes what was staged or published before this call survive a power cut.
   *
   * @throws IOException if it is not certain that it does; a parcel that was only staged is then
   *     staged again
   */
  void sync() throws IOException;

  /** Looks where a parcel is that was staged before a crash. */
  Presence look(Parcel parcel) throws IOException;

  /**
   * Removes what lies staged of a parcel that its consumer is not to get any more. Does nothing if
   * nothing is staged of it.
   */
  void withdraw(Parcel parcel) throws IOException;

  /**
   * Tells whether a delivered parcel still lies where it was put, unchanged.
   *
   * @return the SHA-256 of what lies there, or null if the consumer took it or it cannot be told
   */
  byte[] lying(Parcel parcel) throws IOException;

  /** Where the consumer finds a parcel, for the ledger and the operator. */
  String place(Parcel parcel);

  /**
   * Returns parcels whose arrival the consumer confirmed since the last call.
   *
   * @return delivery numbers; empty for transports without receipts
   */
  default List<Long> confirmed() throws IOException {
    return List.of();
  }
}
