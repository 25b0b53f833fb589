package org.kiban.backup.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.backup.Backups;
import org.kiban.backup.drill.Drill;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** {@code backup:drill}: restores the newest snapshot beside the node and starts it there. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "backup",
    name = "drill",
    description =
        "最新のスナップショットから隔離した姉妹ノードを起動し、台帳を検証する / Start a sibling from the newest snapshot,"
            + " cut off from everything, and verify its ledgers")
public final class DrillCommand extends KibanAction {

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
    Drill.Report report = backups.of(code).drill();
    if (json) {
      terminal.json(report);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("開始", "Begun", Drill.Report::time),
            new Column<>("復元(秒)", "Restored s", Drill.Report::restoreSeconds),
            new Column<>("検証まで(秒)", "Verified s", Drill.Report::totalSeconds),
            new Column<>("団体", "Municipalities", r -> String.join(", ", r.municipalities())),
            new Column<>("メッセージ", "Messages", r -> r.messages() < 0 ? "" : r.messages())),
        List.of(report));
  }
}
