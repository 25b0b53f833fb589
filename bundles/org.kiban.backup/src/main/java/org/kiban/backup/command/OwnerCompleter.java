package org.kiban.backup.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.kiban.backup.Backups;

/** Completes the municipalities that have a backup, and {@code node} if the node has one. */
@Service
public final class OwnerCompleter implements Completer {

  @Reference private Backups backups;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    return new StringsCompleter(backups.names()).complete(session, line, candidates);
  }
}
