package org.kiban.core;

import java.time.Instant;

/**
 * The node's time for ledgers and audit. An OSGi service. Never goes backwards between two calls
 * within one run of the node, even when the system's clock does. Safe for any thread, does not
 * block.
 */
@FunctionalInterface
public interface TrustedClock {

  /** Returns the time now, UTC, to the microsecond; never before an earlier answer. */
  Instant now();
}
