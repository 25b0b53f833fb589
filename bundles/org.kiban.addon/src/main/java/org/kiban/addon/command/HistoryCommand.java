package org.kiban.addon.command;

import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.addon.swap.Addons;
import org.kiban.addon.swap.Entry;
import org.kiban.addon.swap.Step;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code addon:history}: what was done and how it ended. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "addon",
    name = "history",
    description = "導入・更新・取り外しの履歴（新しい順） / What was done with add-ons, newest first")
public final class HistoryCommand extends KibanAction {

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Addons addons;

  @Override
  protected void run(Terminal terminal) {
    List<Entry> entries = addons.history();
    if (json) {
      terminal.json(entries);
      return;
    }
    terminal.table(
        List.of(
            new Terminal.Column<>("番号", "No.", Entry::number),
            new Terminal.Column<>("日時", "At", Entry::at),
            new Terminal.Column<>(
                "操作", "Operation", e -> e.operation().name().toLowerCase(Locale.ROOT)),
            new Terminal.Column<>("ID", "Id", Entry::id),
            new Terminal.Column<>("前の版", "From", Entry::from),
            new Terminal.Column<>("後の版", "To", Entry::to),
            new Terminal.Column<>("結果", "Outcome", e -> outcome(terminal, e)),
            new Terminal.Column<>("停止 ms", "Pause ms", Entry::pauseMillis),
            new Terminal.Column<>("理由", "Reason", e -> e.why().in(terminal.locale()))),
        entries);
  }

  private static String outcome(Terminal terminal, Entry entry) {
    if (entry.outcome() == null) {
      return terminal.text("作業中", "under way");
    }
    if (entry.outcome() == Step.KEPT) {
      return terminal.text("確定", "kept");
    }
    return entry.exact()
        ? terminal.text("復元", "rolled back")
        : terminal.text("復元（不完全）", "rolled back, not exactly");
  }
}
