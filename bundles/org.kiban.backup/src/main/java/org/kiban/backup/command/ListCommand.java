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
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Snapshot;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** {@code backup:list}: the snapshots, oldest first. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "backup", name = "list", description = "スナップショットの一覧 / The snapshots, oldest first")
public final class ListCommand extends KibanAction {

  @Argument(
      name = "code",
      description = "団体コードか node / Local government code, or node",
      required = true)
  @Completion(OwnerCompleter.class)
  private String code;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Backups backups;

  @Override
  protected void run(Terminal terminal) throws Exception {
    List<Snapshot> snapshots = backups.of(code).run(Access.LOOK, Repository::snapshots);
    if (json) {
      terminal.json(snapshots.stream().map(Row::of).toList());
      return;
    }
    terminal.table(
        List.of(
            new Column<>("ID", "Id", s -> s.id().brief()),
            new Column<>("日時", "Time", Snapshot::time),
            new Column<>("ノード", "Node", Snapshot::host),
            new Column<>("タグ", "Tags", s -> String.join(", ", s.tags())),
            new Column<>("対象", "Paths", s -> String.join(", ", s.paths()))),
        snapshots);
  }

  private record Row(
      String id, java.time.Instant time, String host, List<String> paths, List<String> tags) {
    static Row of(Snapshot s) {
      return new Row(s.id().toString(), s.time(), s.host(), s.paths(), s.tags());
    }
  }
}
