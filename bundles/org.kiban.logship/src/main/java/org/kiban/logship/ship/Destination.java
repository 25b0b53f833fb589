package org.kiban.logship.ship;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Where segments go. It knows how far it has each source; the sender asks, and believes it more
 * than its own memory. One thread calls, for one municipality; acknowledgements come on any thread.
 */
public interface Destination extends Closeable {

  /**
   * How far this destination has a source. Also begins anew after a failure: whatever was under way
   * for the source is answered before this returns, or never counts.
   *
   * @param source whose position
   * @param remembered the last position that this destination acknowledged to the sender. A
   *     destination that keeps none itself (such as OpenSearch, where a repeat is harmless) returns
   *     this
   * @throws IOException if it cannot be asked now; the sender tries again later
   */
  Position position(Origin source, Position remembered) throws IOException;

  /**
   * Sends a segment whose {@link Segment#before} is where the one before it ended. Returns as soon
   * as the next one may be given, so that several are under way; the sender bounds how many.
   *
   * @return completes with {@link Segment#after} once all events of it, and of the segments of this
   *     source before it, are durable over there: they survive a power cut. Completes with a {@link
   *     Refused} if the receiver will never take this segment as it is, with an {@link IOException}
   *     if it may later. After a failure every later segment of this source fails until {@link
   *     #position} was asked
   * @throws IOException if it cannot be given away now
   */
  CompletableFuture<Position> send(Segment segment) throws IOException;

  /**
   * How many events of a source, up to a position, are stored over there, as the receiver says now.
   *
   * @param sent where the sender was told that it has them
   * @return -1 if the receiver cannot say
   * @throws IOException if it cannot be asked now
   */
  default long stored(Origin source, Position sent) throws IOException {
    return position(source, sent).events();
  }

  /**
   * What it refused for good, kept here.
   *
   * @throws IOException if that cannot be read
   */
  default List<Letter> dead() throws IOException {
    return List.of();
  }

  /**
   * Tries what it refused once more; what it takes now is kept here no longer.
   *
   * @return those that it took
   * @throws IOException if it cannot be tried now
   */
  default List<Letter> retry() throws IOException {
    return List.of();
  }

  /**
   * Throws away what it refused.
   *
   * @return what that was
   * @throws IOException if it cannot be thrown away
   */
  default List<Letter> giveUp() throws IOException {
    return List.of();
  }

  /** Lets go of connections; what is not acknowledged counts as not sent. */
  @Override
  void close();

  /** The receiver contradicts the sender, or takes no such thing; trying again does not help. */
  final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason in English, without contents of events
     */
    public Refused(String reason) {
      super(reason);
    }
  }
}
