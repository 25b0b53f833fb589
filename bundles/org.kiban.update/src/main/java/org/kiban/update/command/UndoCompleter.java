package org.kiban.update.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.kiban.update.Desk;
import org.kiban.update.Updates;

/** Completes the ids of what can be taken back. */
@Service
public final class UndoCompleter implements Completer {

  @Reference private Updates updates;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    StringsCompleter names = new StringsCompleter();
    names.getStrings().addAll(updates.ask(Desk::undoable));
    return names.complete(session, line, candidates);
  }
}
