package org.kiban.exchange.engine;

import java.io.IOException;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.api.Outbound.Presence;
import org.kiban.exchange.api.Parcel;
import org.kiban.exchange.declaration.Consumer;
import org.kiban.exchange.declaration.Declaration;
import org.kiban.exchange.ledger.Delivery;

/**
 * Finds parcels that lie staged. Only the way out that staged one can tell where it is: if the
 * declaration names another since, the old one is opened once more. Safe for any thread.
 */
record Ways(Lines lines, Declarations declarations) {

  /**
   * Looks where a parcel is; one that is staged for a way that is no more is withdrawn and lost.
   */
  Presence look(Line line, String consumer, Delivery d, Parcel parcel) throws IOException {
    String way = d.consumers().get(consumer).way();
    if (way != null && !way.equals(line.digest())) {
      Declaration then = declarations.archived(line.id(), way);
      if (!to(then, consumer).equals(to(line.declaration(), consumer))) {
        return isTaken(then, consumer, parcel) ? Presence.PUBLISHED : Presence.LOST;
      }
    }
    return line.outbounds().get(consumer).look(parcel);
  }

  /**
   * Whether the consumer has a delivery that was noted as staged, though no declaration names it
   * any more; if not, what lies staged is removed.
   */
  boolean isTaken(Delivery d, String consumer) throws IOException {
    String way = d.consumers().get(consumer).way();
    String digest = way == null ? d.result().declaration() : way;
    Declaration then = declarations.archived(d.source().line(), digest);
    return isTaken(then, consumer, Courier.parcel(then, d));
  }

  private boolean isTaken(Declaration then, String consumer, Parcel parcel) throws IOException {
    try (Outbound outbound = lines.openOut(then, to(then, consumer))) {
      if (outbound.look(parcel) == Presence.PUBLISHED) {
        return true;
      }
      outbound.withdraw(parcel);
      return false;
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "what an earlier declaration staged is out of reach: " + e.getMessage());
    }
  }

  private static Consumer to(Declaration declaration, String consumer) {
    return declaration.consumers().stream()
        .filter(c -> c.system().equals(consumer))
        .findFirst()
        .orElseThrow();
  }
}
