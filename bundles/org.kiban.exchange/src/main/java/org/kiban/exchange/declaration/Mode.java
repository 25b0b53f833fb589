package org.kiban.exchange.declaration;

/** What one bad row does. */
public enum Mode {
  /** It goes to quarantine; the others are delivered. */
  ROW,
  /** The file is refused. */
  ALL_OR_NOTHING
}
