package org.kiban.time.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.shell.KibanAction;
import org.kiban.shell.Limits;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;
import org.kiban.time.Evidence;
import org.kiban.time.Timekeeping;

/** {@code time:history}: what happened to the node's time. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "time",
    name = "history",
    description = "時刻の記録（判定の変化、跳び） / What happened to the node's time")
public final class HistoryCommand extends KibanAction {

  @Option(name = "--limit", description = "表示する件数 / How many entries")
  private int limit = 50;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Timekeeping timekeeping;

  @Override
  protected void run(Terminal terminal) {
    List<Evidence.Entry> entries = timekeeping.keeper().history(Limits.check(limit));
    if (json) {
      terminal.json(entries);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("番号", "Position", Evidence.Entry::position),
            new Column<>("時刻", "Time", Evidence.Entry::at),
            new Column<>("種別", "Kind", Evidence.Entry::kind),
            new Column<>("内容", "Detail", Evidence.Entry::detail)),
        entries);
  }
}
