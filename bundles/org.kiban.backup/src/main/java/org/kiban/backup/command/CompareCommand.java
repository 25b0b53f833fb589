package org.kiban.backup.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.backup.BackupAgent.Access;
import org.kiban.backup.Backups;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.run.Compare;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code backup:compare}: what differs between two snapshots. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "backup",
    name = "compare",
    description = "2 つのスナップショットの違い / What differs between two snapshots")
public final class CompareCommand extends KibanAction {

  @Argument(
      name = "code",
      description = "団体コードか node / Local government code, or node",
      required = true)
  @Completion(OwnerCompleter.class)
  private String code;

  @Argument(
      index = 1,
      name = "before",
      description = "スナップショット(先頭数桁、または latest) / Snapshot: the beginning of its id, or latest",
      required = true)
  @Completion(SnapshotCompleter.class)
  private String before;

  @Argument(
      index = 2,
      name = "after",
      description = "スナップショット(先頭数桁、または latest) / Snapshot: the beginning of its id, or latest",
      required = true)
  @Completion(SnapshotCompleter.class)
  private String after;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Backups backups;

  @Override
  protected void run(Terminal terminal) throws Exception {
    List<Compare.Difference> differences =
        backups
            .of(code)
            .run(
                Access.SHARED,
                r -> {
                  Snapshot a = r.snapshot(before);
                  Snapshot b = r.snapshot(after);
                  r.loadIndex();
                  return new Compare(r).run(a.tree(), b.tree());
                });
    if (json) {
      terminal.json(differences);
      return;
    }
    differences.forEach(d -> terminal.out().println(d.kind() + " " + d.path()));
  }
}
