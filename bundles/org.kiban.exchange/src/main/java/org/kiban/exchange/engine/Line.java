package org.kiban.exchange.engine;

import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kiban.exchange.api.Inbound;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.declaration.Declaration;
import org.kiban.exchange.format.FileConverter;

/**
 * An interface in force, with its ends open.
 *
 * @param declaration what it is
 * @param digest SHA-256 of the declaration's text
 * @param converter what a file goes through
 * @param inbound where files come from
 * @param outbounds where they go, by consumer
 */
record Line(
    Declaration declaration,
    String digest,
    FileConverter converter,
    Inbound inbound,
    Map<String, Outbound> outbounds)
    implements Closeable {

  Line {
    outbounds = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(outbounds));
  }

  String id() {
    return declaration.id();
  }

  /** Closes its ends, except those on other machines: their {@link Lane}s do, when they end. */
  @Override
  public void close() throws IOException {
    inbound.close();
    for (Outbound outbound : outbounds.values()) {
      if (!outbound.distant()) {
        outbound.close();
      }
    }
  }
}
