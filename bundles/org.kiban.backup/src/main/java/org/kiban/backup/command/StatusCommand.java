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
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** {@code backup:status}: how large the repository is, and how old the newest snapshot. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "backup",
    name = "status",
    description =
        "リポジトリの大きさと最新のスナップショット / How large the repository is, and how old the newest snapshot")
public final class StatusCommand extends KibanAction {

  @Argument(name = "code", description = "全国地方公共団体コード / Local government code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String code;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Backups backups;

  @Override
  protected void run(Terminal terminal) throws Exception {
    Stats stats = backups.of(code).run(Access.SHARED, Stats::of);
    if (json) {
      terminal.json(stats);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("場所", "Location", Stats::location),
            new Column<>("スナップショット", "Snapshots", Stats::snapshots),
            new Column<>("最新", "Newest", Stats::newest),
            new Column<>("パック", "Packs", Stats::packs),
            new Column<>("大きさ", "Size", s -> ProgressLines.size(s.storedBytes())),
            new Column<>("元の大きさ", "Uncompressed", s -> ProgressLines.size(s.plainBytes()))),
        List.of(stats));
  }
}
