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
import org.kiban.backup.run.Find;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** {@code backup:find}: finds files in all snapshots. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "backup",
    name = "find",
    description = "全スナップショットからファイルを探す / Find files in all snapshots")
public final class FindCommand extends KibanAction {

  @Argument(
      name = "code",
      description = "団体コードか node / Local government code, or node",
      required = true)
  @Completion(OwnerCompleter.class)
  private String code;

  @Argument(
      index = 1,
      name = "pattern",
      description = "名前の型(例 *.csv)、/ を含むとパス全体 / Pattern of names, with a slash of paths",
      required = true)
  private String pattern;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Backups backups;

  @Override
  protected void run(Terminal terminal) throws Exception {
    List<Find.Match> matches = backups.of(code).run(Access.SHARED, r -> Find.run(r, pattern));
    if (json) {
      terminal.json(matches);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("スナップショット", "Snapshot", Find.Match::snapshot),
            new Column<>("大きさ", "Size", m -> m.line().size()),
            new Column<>("更新日時", "Changed", m -> m.line().time()),
            new Column<>("名前", "Name", m -> m.line().path())),
        matches);
  }
}
