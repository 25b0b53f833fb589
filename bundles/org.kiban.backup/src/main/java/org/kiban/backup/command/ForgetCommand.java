package org.kiban.backup.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.backup.BackupAgent.Access;
import org.kiban.backup.Backups;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.run.Forget;
import org.kiban.backup.run.Retention;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code backup:forget}: removes snapshots that the rules do not keep. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "backup",
    name = "forget",
    description = "保持の規則に合わないスナップショットを除く / Remove snapshots that the rules do not keep")
public final class ForgetCommand extends KibanAction {

  @Argument(
      name = "code",
      description = "団体コードか node / Local government code, or node",
      required = true)
  @Completion(OwnerCompleter.class)
  private String code;

  @Option(name = "--keep-last", description = "新しい順に残す数(-1 で全部) / How many to keep, -1 all")
  private int last;

  @Option(name = "--keep-hourly", description = "時間ごとに残す数(-1 で全部) / How many to keep, -1 all")
  private int hourly;

  @Option(name = "--keep-daily", description = "日ごとに残す数(-1 で全部) / How many to keep, -1 all")
  private int daily;

  @Option(name = "--keep-weekly", description = "週ごとに残す数(-1 で全部) / How many to keep, -1 all")
  private int weekly;

  @Option(name = "--keep-monthly", description = "月ごとに残す数(-1 で全部) / How many to keep, -1 all")
  private int monthly;

  @Option(name = "--keep-yearly", description = "年ごとに残す数(-1 で全部) / How many to keep, -1 all")
  private int yearly;

  @Option(
      name = "--keep-within",
      description = "最新からこの期間を残す(例 1y5m7d2h) / Keep this span back from the newest")
  private String within = "";

  @Option(
      name = "--keep-tag",
      description = "このタグを残す(複数可) / Keep these tags, several allowed",
      multiValued = true)
  private List<String> tags = new ArrayList<>();

  @Option(name = "--dry-run", description = "確認だけして書き込まない / Check, but write nothing")
  private boolean dryRun;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Backups backups;

  @Override
  protected void run(Terminal terminal) throws Exception {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("last", last);
    counts.put("hourly", hourly);
    counts.put("daily", daily);
    counts.put("weekly", weekly);
    counts.put("monthly", monthly);
    counts.put("yearly", yearly);
    Retention rules = new Retention(counts, within, tags);
    List<Snapshot> forgotten =
        backups.of(code).run(Access.REMOVAL, r -> Forget.run(r, s -> true, rules, dryRun));
    if (json) {
      terminal.json(forgotten.stream().map(s -> s.id().toString()).toList());
      return;
    }
    forgotten.forEach(
        s ->
            terminal
                .out()
                .println((dryRun ? "(--dry-run) - " : "- ") + s.id().brief() + "  " + s.time()));
  }
}
