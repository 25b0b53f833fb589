package org.kiban.exchange.api;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** An open way in. Used by one thread at a time; its arrivals by several. */
public interface Inbound extends Closeable {

  /**
   * Returns arrivals that are whole and wait to be taken, the oldest first. What was returned is
   * not returned again until it changed or this was opened anew; what was not retired before a
   * crash is returned again after it, with the same {@link Arrival#id()}.
   *
   * @param max at most this many
   * @return nothing if nothing is ready; never waits for an arrival
   * @throws IOException if the source cannot be read now
   */
  List<Arrival> poll(int max) throws IOException;

  /**
   * Asks for an arrival that could not be taken now to be returned again by a later poll. May be
   * called by any thread.
   */
  void release(Arrival arrival);

  /**
   * Tells whether an arrival is still there; asked after a restart about what was taken in before.
   *
   * @param arrivalId an {@link Arrival#id()} of an earlier run
   * @return false also if it cannot be told
   */
  boolean holds(String arrivalId) throws IOException;
}
