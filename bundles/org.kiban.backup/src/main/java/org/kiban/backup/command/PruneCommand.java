package org.kiban.backup.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.backup.BackupAgent.Access;
import org.kiban.backup.Backups;
import org.kiban.backup.run.Progress;
import org.kiban.backup.run.Prune;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code backup:prune}: removes what no snapshot needs. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "backup",
    name = "prune",
    description = "どのスナップショットにも要らないデータを除く / Remove what no snapshot needs")
public final class PruneCommand extends KibanAction {

  @Argument(
      name = "code",
      description = "団体コードか node / Local government code, or node",
      required = true)
  @Completion(OwnerCompleter.class)
  private String code;

  @Option(name = "--dry-run", description = "確認だけして書き込まない / Check, but write nothing")
  private boolean dryRun;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Backups backups;

  @Override
  protected void run(Terminal terminal) throws Exception {
    Progress progress = new Progress();
    Prune.Result result;
    try (ProgressLines lines = new ProgressLines(terminal, progress)) {
      lines.start(json);
      result = backups.of(code).run(Access.REMOVAL, r -> new Prune(r, progress).run(dryRun));
    }
    if (json) {
      terminal.json(result);
      return;
    }
    terminal
        .out()
        .println(
            (dryRun ? "(--dry-run) " : "")
                + terminal
                    .text("パック %d 削除、%d 詰め直し、%s 解放", "packs: %d removed, %d repacked, %s freed")
                    .formatted(
                        result.removed(), result.repacked(), ProgressLines.size(result.freed())));
  }
}
