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
import org.kiban.backup.site.SiteStatus;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** {@code backup:status}: how each place of the backup is. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "backup",
    name = "status",
    description = "保存先ごとの最新・経過時間・大きさ・検査 / Newest snapshot, age, size and check of each place")
public final class StatusCommand extends KibanAction {

  @Argument(
      name = "code",
      description = "団体コードか node。省略すれば全部 / Local government code, or node; all, if left out")
  @Completion(OwnerCompleter.class)
  private String code;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Backups backups;

  @Override
  protected void run(Terminal terminal) throws Exception {
    List<SiteStatus> sites = backups.status(code);
    if (json) {
      terminal.json(sites);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("団体", "Municipality", SiteStatus::owner),
            new Column<>("場所", "Location", SiteStatus::location),
            new Column<>("最新", "Newest", SiteStatus::newest),
            new Column<>("検証済み", "Verified", SiteStatus::verified),
            new Column<>("経過時間", "Age h", s -> s.ageHours() < 0 ? "" : s.ageHours()),
            new Column<>("目標", "Goal h", SiteStatus::goalHours),
            new Column<>("数", "Snapshots", s -> s.snapshots() < 0 ? "" : s.snapshots()),
            new Column<>(
                "大きさ", "Size", s -> s.storedBytes() < 0 ? "" : ProgressLines.size(s.storedBytes())),
            new Column<>("7 日の増減", "In 7 days", s -> grown(s.grownBytes())),
            new Column<>("検査", "Checked", SiteStatus::checked),
            new Column<>("訓練", "Drilled", SiteStatus::drilled),
            new Column<>("問題", "Problem", SiteStatus::problem)),
        sites);
  }

  private static String grown(long bytes) {
    return (bytes < 0 ? "-" : "+") + ProgressLines.size(Math.abs(bytes));
  }
}
