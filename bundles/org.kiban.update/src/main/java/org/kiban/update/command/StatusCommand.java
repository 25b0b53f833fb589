package org.kiban.update.command;

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
import org.kiban.update.Desk;
import org.kiban.update.UpdateStatus;
import org.kiban.update.Updates;

/** {@code update:status}: how updates are. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "update",
    name = "status",
    description = "更新の状態と保守時間 / How updates are, and the maintenance window")
public final class StatusCommand extends KibanAction {

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Updates updates;

  @Override
  protected void run(Terminal terminal) {
    UpdateStatus status = updates.ask(Desk::status);
    if (json) {
      terminal.json(status);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("状態の版", "State", UpdateStatus::version),
            new Column<>("取り込み", "Seen", UpdateStatus::seen),
            new Column<>("期限", "Counts until", UpdateStatus::expires),
            new Column<>("更新", "Offered", UpdateStatus::offered),
            new Column<>("適用可", "Due", UpdateStatus::due),
            new Column<>("承認待ち", "Waiting", UpdateStatus::waiting),
            new Column<>(
                "保守時間",
                "Window",
                s -> s.open() ? terminal.text("中", "open") : terminal.text("外", "closed")),
            new Column<>("次の変わり目", "Changes", UpdateStatus::change)),
        List.of(status));
  }
}
