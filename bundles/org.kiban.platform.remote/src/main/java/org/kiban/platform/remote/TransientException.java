package org.kiban.platform.remote;

import java.io.IOException;

/** A place could not be reached or could not answer, and may be able to a little later. */
public final class TransientException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Says what happened. */
  public TransientException(String message) {
    super(message);
  }

  /** Says what happened, and why. */
  public TransientException(String message, Throwable cause) {
    super(message, cause);
  }
}
