package org.kiban.time.sntp;

import java.io.IOException;

/** An answer that says nothing of the time. */
public final class Unusable extends IOException {

  private static final long serialVersionUID = 1L;

  private final String kiss;

  /**
   * @param reason in English
   */
  public Unusable(String reason) {
    this(reason, "");
  }

  /**
   * @param reason in English
   * @param kiss the four letters by which a server sends clients away (RFC 5905, section 7.4)
   */
  public Unusable(String reason, String kiss) {
    super(reason);
    this.kiss = kiss;
  }

  /** The server wants never to be asked again. */
  public boolean isGoAway() {
    return kiss.equals("DENY") || kiss.equals("RSTR");
  }

  /** The server is asked too often. */
  public boolean isSlowDown() {
    return kiss.equals("RATE");
  }
}
