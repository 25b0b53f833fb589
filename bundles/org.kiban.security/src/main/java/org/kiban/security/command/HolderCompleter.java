package org.kiban.security.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.kiban.core.Municipalities;

/** Completes who can have secrets: the municipalities that are served, and {@code node}. */
@Service
public final class HolderCompleter implements Completer {

  @Reference private Municipalities municipalities;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    StringsCompleter owners = new StringsCompleter(List.of(Held.NODE));
    municipalities.all().forEach(m -> owners.getStrings().add(m.code().value()));
    return owners.complete(session, line, candidates);
  }
}
