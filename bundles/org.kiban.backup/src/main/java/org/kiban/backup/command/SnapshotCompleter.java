package org.kiban.backup.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.kiban.backup.BackupAgent;
import org.kiban.backup.BackupAgent.Access;
import org.kiban.backup.Backups;
import org.kiban.backup.repository.Repository;
import org.kiban.core.KibanException;

/** Completes the snapshots of the municipality named before. */
@Service
public final class SnapshotCompleter implements Completer {

  @Reference private Backups backups;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    StringsCompleter ids = new StringsCompleter();
    ids.getStrings().add("latest");
    Named.in(line, backups).ifPresent(b -> add(b, ids));
    return ids.complete(session, line, candidates);
  }

  private static void add(BackupAgent backup, StringsCompleter ids) {
    try {
      backup.run(Access.LOOK, Repository::snapshots).stream()
          .map(s -> s.id().brief())
          .forEach(ids.getStrings()::add);
    } catch (KibanException ignored) {
      return; // the command itself says what is wrong
    }
  }
}
