package org.kiban.node.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.kiban.node.config.Registry;

/** Completes codes of municipalities that a file declares. */
@Service
public final class CodeCompleter implements Completer {

  @Reference private Registry registry;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    return new StringsCompleter(
            registry.desired().municipalities().keySet().stream().map(Object::toString).toList())
        .complete(session, line, candidates);
  }
}
