package org.kiban.backup.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.kiban.backup.Backups;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;

/** Completes the jobs of the municipality named before. */
@Service
public final class JobCompleter implements Completer {

  @Reference private Backups backups;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    StringsCompleter names = new StringsCompleter();
    List.of(line.getArguments()).stream()
        .filter(w -> w.equals("node") || MunicipalityCode.isValid(w))
        .limit(1)
        .forEach(code -> add(code, names));
    return names.complete(session, line, candidates);
  }

  private void add(String code, StringsCompleter names) {
    try {
      backups.of(code).jobs().forEach(j -> names.getStrings().add(j.name()));
    } catch (KibanException ignored) {
      return; // the command itself says what is wrong
    }
  }
}
