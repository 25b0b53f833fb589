package org.kiban.backup.command;

import java.nio.file.Path;
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
import org.kiban.backup.run.Listing;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** {@code backup:show}: what is in a snapshot. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "backup", name = "show", description = "スナップショットの中身 / What is in a snapshot")
public final class ShowCommand extends KibanAction {

  @Argument(
      name = "code",
      description = "団体コードか node / Local government code, or node",
      required = true)
  @Completion(OwnerCompleter.class)
  private String code;

  @Argument(
      index = 1,
      name = "snapshot",
      description = "スナップショット(先頭数桁、または latest) / Snapshot: the beginning of its id, or latest",
      required = true)
  @Completion(SnapshotCompleter.class)
  private String snapshot;

  @Argument(index = 2, name = "path", description = "この中だけ / Only what is in there")
  private String path = "/";

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Backups backups;

  @Override
  protected void run(Terminal terminal) throws Exception {
    List<Listing.Line> lines =
        backups
            .of(code)
            .run(Access.SHARED, r -> Listing.of(r, r.snapshot(snapshot), Path.of(path)));
    if (json) {
      terminal.json(lines);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("種別", "Type", Listing.Line::type),
            new Column<>("権限", "Mode", Listing.Line::mode),
            new Column<>("大きさ", "Size", Listing.Line::size),
            new Column<>("更新日時", "Changed", Listing.Line::time),
            new Column<>("名前", "Name", Listing.Line::path)),
        lines);
  }
}
