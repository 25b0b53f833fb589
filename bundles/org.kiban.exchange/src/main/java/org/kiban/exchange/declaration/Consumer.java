package org.kiban.exchange.declaration;

import java.util.Map;

/**
 * One who gets the file.
 *
 * @param system 業務ID or 3-character id
 * @param transport the transport's name
 * @param options the transport's own
 */
public record Consumer(String system, String transport, Map<String, String> options) {

  /** Copies the options. */
  public Consumer {
    options = Map.copyOf(options);
  }
}
