package org.kiban.route.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.kiban.route.api.RouteView;

/** Completes names of routes of the municipality that was typed. */
@Service
public final class NameCompleter implements Completer {

  @Reference private Desks desks;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    StringsCompleter names = new StringsCompleter();
    for (String typed : line.getArguments()) {
      desks.maybe(typed).stream()
          .flatMap(r -> r.list().stream())
          .map(RouteView::name)
          .forEach(names.getStrings()::add);
    }
    return names.complete(session, line, candidates);
  }
}
