package org.kiban.exchange.sftp;

import java.io.IOException;

/** What a client is told that asks for what there is not. Its text holds no path of the node. */
final class Refused extends IOException {

  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * With a status of SFTP version 3, {@code SSH_FX_…}.
   *
   * @param text in English: clients print it as it is
   */
  Refused(int status, String text) {
    super(text);
    this.status = status;
  }

  int status() {
    return status;
  }
}
