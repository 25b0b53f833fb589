package org.kiban.messaging.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.kiban.messaging.Messaging;
import org.kiban.messaging.QueueView;

/**
 * Completes queue names; those of the municipality that was typed, since they begin with its code.
 */
@Service
public final class QueueCompleter implements Completer {

  @Reference private Messaging messaging;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    List<String> typed = List.of(line.getArguments());
    StringsCompleter names = new StringsCompleter();
    messaging.all().stream()
        .flatMap(q -> q.list().stream())
        .filter(q -> typed.contains(q.code().value()))
        .map(QueueView::queue)
        .forEach(names.getStrings()::add);
    return names.complete(session, line, candidates);
  }
}
