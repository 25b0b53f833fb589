package org.kiban.backup.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.kiban.backup.Backups;

/** Completes the further places of the backup named before. */
@Service
public final class PlaceCompleter implements Completer {

  @Reference private Backups backups;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    StringsCompleter places = new StringsCompleter();
    Named.in(line, backups).ifPresent(b -> places.getStrings().addAll(b.vault().copies()));
    return places.complete(session, line, candidates);
  }
}
