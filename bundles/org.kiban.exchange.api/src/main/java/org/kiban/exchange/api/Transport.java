package org.kiban.exchange.api;

import java.io.IOException;

/**
 * A way for files to arrive and to leave: directory, node, SFTP, … An OSGi service; the linkage
 * finds it by {@link #type()}, and an interface that names a type that is not there waits for it.
 * Every implementation passes the contract suite ({@code TransportContract}). Safe for any thread;
 * what it opens is used by one thread at a time unless it says otherwise.
 */
public interface Transport {

  /** The word for it in an interface's {@code transport:}; lower case, never changes. */
  String type();

  /**
   * Whether files can be seen there while they are written. The options of a way in then say how
   * the interface tells that one is whole: {@code stable-seconds}, {@code suffix}, {@code marker},
   * {@code manifest}.
   */
  default boolean showsUnfinished() {
    return false;
  }

  /**
   * Opens the way in of one interface.
   *
   * @throws IOException if it cannot be opened now; the linkage tries again
   * @throws IllegalArgumentException if the options are wrong; names the option and the reason
   */
  Inbound openInbound(Endpoint endpoint) throws IOException;

  /**
   * Opens the way out to one consumer of one interface.
   *
   * @throws IOException if it cannot be opened now; the linkage tries again
   * @throws IllegalArgumentException if the options are wrong; names the option and the reason
   */
  Outbound openOutbound(Endpoint endpoint) throws IOException;
}
