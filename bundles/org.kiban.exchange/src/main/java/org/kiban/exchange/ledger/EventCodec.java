package org.kiban.exchange.ledger;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** Events as bytes: JSON, so that a ledger can be read in ten years without this program. */
final class EventCodec {

  private final ObjectWriter writer;
  private final ObjectReader reader;
  private final ObjectReader stamps;

  EventCodec() {
    JsonMapper mapper =
        JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    writer = mapper.writerFor(LedgerEvent.class);
    reader = mapper.readerFor(LedgerEvent.class);
    stamps = mapper.readerFor(Stamp.class);
  }

  byte[] encode(LedgerEvent event, Stamp stamp) throws IOException {
    return writer
        .withAttribute(Stamp.TRUST, stamp.trust())
        .withAttribute(Stamp.BOUND, stamp.bound())
        .withAttribute(Stamp.BEHIND, stamp.behind())
        .writeValueAsBytes(event);
  }

  LedgerEvent decode(byte[] bytes) throws IOException {
    return reader.readValue(bytes);
  }

  Stamp stamp(byte[] bytes) throws IOException {
    return stamps.readValue(bytes);
  }
}
