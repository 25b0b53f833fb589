package org.kiban.storage.journal;

import java.io.IOException;

/** An entry on disk is not what was written. */
final class DamagedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final long position;
  private final String reason;

  DamagedException(long position, String reason) {
    super("entry " + position + ": " + reason);
    this.position = position;
    this.reason = reason;
  }

  /** The first entry that cannot be trusted. */
  long position() {
    return position;
  }

  String reason() {
    return reason;
  }
}
