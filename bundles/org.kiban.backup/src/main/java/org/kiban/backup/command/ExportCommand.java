package org.kiban.backup.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.Backups;
import org.kiban.backup.Exports;
import org.kiban.backup.export.Export;
import org.kiban.backup.run.Progress;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/**
 * {@code backup:export}: writes what a municipality needs after a disaster, from a backup alone.
 */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "backup",
    name = "export",
    description =
        "災害時に要るデータを、バックアップだけから CSV で書き出す / Write what is needed after a disaster as"
            + " CSV, from a backup alone")
public final class ExportCommand extends KibanAction {

  @Argument(
      name = "code",
      description = "団体コードか node / Local government code, or node",
      required = true)
  @Completion(OwnerCompleter.class)
  private String code;

  @Option(
      name = "--purpose",
      description = "用途(設定の purposes のどれか、例 ansihi) / One of purposes, such as ansihi",
      required = true)
  @Completion(PurposeCompleter.class)
  private String purpose;

  @Option(
      name = "--snapshot",
      description = "スナップショット(省略時は検査済みの最新) / Snapshot, else the newest that was verified")
  @Completion(SnapshotCompleter.class)
  private String snapshot;

  @Option(
      name = "--target",
      description =
          "書き出すディレクトリ(絶対パス、省略時は団体の backup/export の下) / Directory to write into,"
              + " absolute; else below the municipality's backup/export")
  private String target;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Backups backups;

  @Override
  protected void run(Terminal terminal) throws Exception {
    Progress progress = new Progress();
    Exports.Result result;
    try (ProgressLines lines = new ProgressLines(terminal, progress)) {
      lines.start(json);
      result = backups.of(code).exports().run(purpose, snapshot, target, progress);
    }
    if (json) {
      terminal.json(result);
    } else {
      terminal.out().println("+ " + result.directory() + "  " + result.snapshot());
      terminal.table(
          List.of(
              new Column<>("データ", "Data set", Export.Written::title),
              new Column<>("ファイル", "File", Export.Written::file),
              new Column<>("行数", "Rows", Export.Written::rows),
              new Column<>("問題", "Problem", Export.Written::problem)),
          result.sets());
    }
    List<Export.Written> flawed =
        result.sets().stream().filter(s -> !s.problem().isEmpty()).toList();
    if (!flawed.isEmpty()) {
      throw new KibanException(
          Outcome.PARTIAL,
          BackupMessage.PARTLY_EXPORTED,
          flawed.size(),
          result.sets().size(),
          flawed.get(0).set() + ": " + flawed.get(0).problem());
    }
  }
}
