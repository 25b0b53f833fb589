package org.kiban.exchange.api;

import java.nio.file.Path;
import java.util.Map;
import org.kiban.core.MunicipalityCode;

/**
 * One end of an interface, as declared.
 *
 * @param municipality whose data passes; nothing of another may be reached through it
 * @param interfaceId the interface
 * @param system the provider's (way in) or the consumer's (way out) 業務ID or 3-character id
 * @param directory where this end lies if nothing else is said: {@code
 *     <KIBAN_DATA>/<code>/exchange/in/<interface>} or {@code …/out/<consumer>/<interface>}
 * @param options the transport's own options, as declared
 */
public record Endpoint(
    MunicipalityCode municipality,
    String interfaceId,
    String system,
    Path directory,
    Map<String, String> options) {

  /** Copies the options. */
  public Endpoint {
    options = Map.copyOf(options);
  }
}
