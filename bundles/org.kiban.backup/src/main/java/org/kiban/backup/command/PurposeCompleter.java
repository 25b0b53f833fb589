package org.kiban.backup.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.kiban.backup.Backups;

/** Completes the purposes that the municipality named before declares. */
@Service
public final class PurposeCompleter implements Completer {

  @Reference private Backups backups;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    StringsCompleter purposes = new StringsCompleter();
    Named.in(line, backups).ifPresent(b -> purposes.getStrings().addAll(b.exports().purposes()));
    return purposes.complete(session, line, candidates);
  }
}
