package org.kiban.exchange.engine;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.api.Parcel;
import org.kiban.exchange.api.Verification.Finding;
import org.kiban.exchange.ledger.Delivery;

/** Compares delivered files that still lie with their consumers with what the ledger says. */
record LyingFiles(Worksite site) {

  long check(Delivery d, List<Finding> findings) throws IOException {
    Line line = site.lines.open().get(d.source().line());
    if (line == null || d.result() == null) {
      return 0;
    }
    long compared = 0;
    Parcel parcel = Courier.parcel(line.declaration(), d);
    for (Map.Entry<String, Delivery.Leg> leg : d.consumers().entrySet()) {
      Outbound outbound = line.outbounds().get(leg.getKey());
      if (outbound == null || !leg.getValue().state().equals(Delivery.DELIVERED)) {
        continue;
      }
      byte[] lying = outbound.lying(parcel);
      if (lying != null) {
        compared++;
        String sha = Hashes.hex(lying);
        if (!sha.equals(d.result().sha()) && !laterOneLiesThere(d, sha)) {
          findings.add(
              new Finding(
                  outbound.place(parcel),
                  "its content is not what delivery " + d.id() + " put there"));
        }
      }
    }
    return compared;
  }

  private boolean laterOneLiesThere(Delivery d, String sha) throws IOException {
    return !site.ledger
        .query(
            "where line = ? and file = ? and id > ? and out_sha = ?",
            d.source().line(),
            d.source().file(),
            d.id(),
            sha)
        .isEmpty();
  }
}
