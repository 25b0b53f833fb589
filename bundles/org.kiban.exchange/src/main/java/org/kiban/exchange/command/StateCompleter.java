package org.kiban.exchange.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.kiban.exchange.ledger.Delivery;

/** Completes the states of a delivery. */
@Service
public final class StateCompleter implements Completer {

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    return new StringsCompleter(
            List.of(
                Delivery.ACCEPTED,
                Delivery.STRANDED,
                Delivery.DELIVERED,
                Delivery.CONFIRMED,
                Delivery.DISCARDED,
                Delivery.REFUSED,
                Delivery.DUPLICATE))
        .complete(session, line, candidates);
  }
}
