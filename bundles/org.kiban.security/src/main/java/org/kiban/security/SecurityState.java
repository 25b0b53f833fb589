package org.kiban.security;

import java.nio.file.Path;
import java.util.List;
import org.kiban.core.KibanException;

/** How security stands, for this bundle's health check. Safe for any thread. */
interface SecurityState {

  /** The node's certificate, or null if it could not be opened. */
  NodeIdentity identity();

  /** Files that only their owner may read. */
  List<Path> secrets();

  /** Why something does not hold, or null. */
  KibanException problem();

  /** Whether everything was tried once, the first log-in included. */
  boolean prepared();
}
