package org.kiban.http;

import java.util.Locale;
import org.kiban.core.MessageCode;

/** What the HTTPS capability tells operators; the texts lie in {@code messages*.properties}. */
enum HttpMessage implements MessageCode {
  /** {0} address and port, {1} reason: nothing of ours answers there. */
  NOT_LISTENING(1);

  private final int number;

  HttpMessage(int number) {
    this.number = number;
  }

  @Override
  public String code() {
    return "KBN-HTTP-%03d".formatted(number);
  }

  /** Code and English text. */
  String line(Object... args) {
    return code() + ": " + text(Locale.ROOT, args);
  }
}
