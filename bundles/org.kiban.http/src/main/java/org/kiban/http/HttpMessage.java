package org.kiban.http;

import org.kiban.core.MessageCode;

/** What the HTTPS capability tells operators; the texts lie in {@code messages*.properties}. */
enum HttpMessage implements MessageCode {
  /** {0} address and port, {1} reason: nothing of ours answers there. */
  NOT_LISTENING("KBN-HTTP-001");

  private final String code;

  HttpMessage(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
