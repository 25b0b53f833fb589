package org.kiban.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.kiban.core.Municipalities;

/** Completes the codes of the municipalities that the node serves, for every bundle's commands. */
@Service
public final class MunicipalityCompleter implements Completer {

  @Reference private Municipalities municipalities;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    StringsCompleter codes = new StringsCompleter();
    municipalities.all().forEach(m -> codes.getStrings().add(m.code().value()));
    return codes.complete(session, line, candidates);
  }
}
