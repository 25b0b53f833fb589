package org.kiban.logship.source;

import java.io.Closeable;
import java.io.IOException;
import org.kiban.logship.parse.Packer.Tail;
import org.kiban.logship.parse.Profile;
import org.kiban.logship.ship.Origin;

/** Bytes that only ever grow at their end, and are known by an identity. Safe for any thread. */
public interface Stream {

  /** What it is. */
  Origin origin();

  /** How its bytes become events. */
  Profile profile();

  /** Where it can be found now, for operators. */
  String place();

  /** How many bytes it is known to have. */
  long size();

  /** Whether it is compressed, so that its size is known once it was read only. */
  boolean isPacked();

  /** Whether it is nowhere to be found: what was not read cannot be read any more. */
  boolean isGone();

  /**
   * What is to be expected behind its present end. To be asked before reading: what is read later
   * may be more, never less.
   */
  Tail tail();

  /** Where the first byte stands that is to be sent; those before it are nobody's events. */
  default long first() {
    return 0;
  }

  /**
   * Whether nothing comes behind a place, as far as is known without opening it.
   *
   * @param offset where in the stream
   */
  default boolean isEnd(long offset) {
    return false;
  }

  /**
   * Tells that every destination has what comes before a place; what keeps it may let it go.
   *
   * @param acknowledged where in the stream
   * @throws IOException if it cannot; it is told again
   */
  default void release(long acknowledged) throws IOException {}

  /** Opens it for one reader. */
  Reader open() throws IOException;

  /** Reads one stream. Not for several threads. */
  interface Reader extends Closeable {

    /**
     * Reads bytes.
     *
     * @param offset where in the stream
     * @param into from its beginning
     * @param most how many
     * @return how many; fewer than wanted only at the present end
     * @throws IOException if it cannot be read, or is no longer what it was
     */
    int read(long offset, byte[] into, int most) throws IOException;

    @Override
    void close();
  }
}
