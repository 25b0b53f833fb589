package org.kiban.logship.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.logship.LogShipping;

/** Completes the destinations of the municipality named before. */
@Service
public final class DestinationCompleter implements Completer {

  @Reference private LogShipping logs;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    StringsCompleter names = new StringsCompleter();
    List.of(line.getArguments()).stream()
        .filter(MunicipalityCode::isValid)
        .limit(1)
        .forEach(code -> add(code, names));
    return names.complete(session, line, candidates);
  }

  private void add(String code, StringsCompleter names) {
    try {
      names.getStrings().addAll(logs.of(code).destinations());
    } catch (KibanException ignored) {
      return; // the command itself says what is wrong
    }
  }
}
