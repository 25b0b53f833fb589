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
import org.kiban.backup.run.Stats;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** {@code backup:stats}: what the repository holds. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "backup",
    name = "stats",
    description = "リポジトリの数と大きさ / Counts and sizes of the repository")
public final class StatsCommand extends KibanAction {

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
    Stats stats = backups.of(code).run(Access.LOOK, Stats::of);
    if (json) {
      terminal.json(stats);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("場所", "Location", Stats::location),
            new Column<>("数", "Snapshots", Stats::snapshots),
            new Column<>("パック", "Packs", Stats::packs),
            new Column<>("データ片", "Data blobs", Stats::dataBlobs),
            new Column<>("木", "Tree blobs", Stats::treeBlobs),
            new Column<>("大きさ", "Stored", s -> ProgressLines.size(s.storedBytes())),
            new Column<>("圧縮前", "Plain", s -> ProgressLines.size(s.plainBytes()))),
        List.of(stats));
  }
}
