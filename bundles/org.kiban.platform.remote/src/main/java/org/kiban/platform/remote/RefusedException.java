package org.kiban.platform.remote;

import java.io.IOException;

/** A place answers, and does not let us: trying again changes nothing until somebody mends it. */
public final class RefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What is to be mended. */
  public enum Kind {
    /** The user, the secret, or their rights. */
    ACCESS,
    /** The server shows another key than the pinned ones; the message holds the fingerprint. */
    HOST_KEY,
    /** There is no room left. */
    ROOM
  }

  private final Kind kind;

  /** Says what happened; the message of {@link Kind#HOST_KEY} is the fingerprint that was shown. */
  public RefusedException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What is to be mended. */
  public Kind kind() {
    return kind;
  }
}
