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
    return new StringsCompleter(Delivery.STATES).complete(session, line, candidates);
  }
}
