package org.kiban.security.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.keys.Secrets;

/** Completes the names of the secrets of the municipality named before. */
@Service
public final class SecretCompleter implements Completer {

  @Reference private Secrets secrets;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    StringsCompleter names = new StringsCompleter();
    List.of(line.getArguments()).stream()
        .filter(MunicipalityCode::isValid)
        .map(MunicipalityCode::new)
        .flatMap(code -> secrets.names(code).stream())
        .forEach(names.getStrings()::add);
    return names.complete(session, line, candidates);
  }
}
