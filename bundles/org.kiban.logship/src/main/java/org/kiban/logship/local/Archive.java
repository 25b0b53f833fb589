package org.kiban.logship.local;

import java.io.IOException;
import java.time.Instant;
import org.kiban.logship.ship.Segment;

/** Events that lie on this node. Safe for any thread. */
public interface Archive {

  /** Takes segments as they are read back. */
  @FunctionalInterface
  interface Reader {
    /**
     * @param stored when it was stored
     * @throws IOException to stop reading
     */
    void accept(Instant stored, Segment segment) throws IOException;
  }

  /**
   * Reads everything, the oldest first, and checks it against its chain.
   *
   * @throws IOException if something is damaged, or the reader stops
   */
  void read(Reader reader) throws IOException;
}
