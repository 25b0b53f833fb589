package org.kiban.time.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;
import org.kiban.time.SourceView;
import org.kiban.time.Timekeeping;

/** {@code time:sources}: every source with what the vote says of it. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "time",
    name = "sources",
    description = "時刻源の一覧と判定 / The time sources and what the vote says of them")
public final class SourcesCommand extends KibanAction {

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Timekeeping timekeeping;

  @Override
  protected void run(Terminal terminal) {
    List<SourceView> sources = timekeeping.keeper().sources();
    if (json) {
      terminal.json(sources);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("名前", "Name", SourceView::name),
            new Column<>("宛先", "Address", SourceView::address),
            new Column<>("判定", "Verdict", SourceView::verdict),
            new Column<>("到達", "Reach", SourceView::reach),
            new Column<>("ずれ ms", "Offset ms", s -> Shown.milliseconds(s.offsetMilliseconds())),
            new Column<>("遅延 ms", "Delay ms", s -> Shown.milliseconds(s.delayMilliseconds())),
            new Column<>("± ms", "± ms", s -> Shown.milliseconds(s.uncertaintyMilliseconds())),
            new Column<>("最終応答", "Answered", SourceView::answered),
            new Column<>("問題", "Problem", SourceView::problem)),
        sources);
  }
}
