package org.kiban.partner.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.kiban.core.MunicipalityCode;
import org.kiban.partner.PartnerRegistry;

/** Completes the ids of the partners of the municipality named before. */
@Service
public final class IdCompleter implements Completer {

  @Reference private PartnerRegistry registry;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    StringsCompleter ids = new StringsCompleter();
    List<String> arguments = List.of(line.getArguments());
    arguments.stream()
        .filter(MunicipalityCode::isValid)
        .map(MunicipalityCode::new)
        .flatMap(c -> registry.all(c).stream())
        .forEach(p -> ids.getStrings().add(p.id()));
    return ids.complete(session, line, candidates);
  }
}
