package org.kiban.backup.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.Backups;
import org.kiban.backup.job.Job;
import org.kiban.backup.run.Backup;
import org.kiban.backup.run.Progress;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code backup:run}: runs a job now. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "backup",
    name = "run",
    description = "ジョブを今すぐ実行し、保存する / Run a job now, which saves what it names")
public final class RunCommand extends KibanAction {

  @Argument(
      name = "code",
      description = "団体コードか node / Local government code, or node",
      required = true)
  @Completion(OwnerCompleter.class)
  private String code;

  @Argument(index = 1, name = "job", description = "ジョブ(省略時は最初のもの) / Job, else the first")
  @Completion(JobCompleter.class)
  private String job = "";

  @Option(name = "--tag", description = "タグ(複数可) / A tag, several allowed", multiValued = true)
  private List<String> tags = new ArrayList<>();

  @Option(name = "--all", description = "変わっていないファイルも読み直す / Read files again that seem unchanged")
  private boolean all;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Backups backups;

  @Override
  protected void run(Terminal terminal) throws Exception {
    Progress progress = new Progress();
    Backup.Result result;
    try (ProgressLines lines = new ProgressLines(terminal, progress)) {
      lines.start(json);
      result = backups.of(code).save(job, tags, all, progress);
    }
    String id = result.snapshot().id().brief();
    if (json) {
      terminal.json(
          Map.of(
              "snapshot", result.snapshot().id().toString(),
              "files", progress.files(),
              "unchanged", progress.unchanged(),
              "bytes", progress.bytes(),
              "stored-bytes", result.stored(),
              "problems", progress.problems(),
              "without", Job.missingIn(result.snapshot())));
    } else {
      terminal
          .out()
          .println(
              "+ %s  %d %s, %s → %s"
                  .formatted(
                      id,
                      progress.files(),
                      terminal.text("ファイル", "files"),
                      ProgressLines.size(progress.bytes()),
                      ProgressLines.size(result.stored())));
    }
    List<String> missing = Job.missingIn(result.snapshot());
    if (!json && !missing.isEmpty()) {
      terminal
          .out()
          .println(
              terminal.text("注意 ", "note: ")
                  + BackupMessage.WITHOUT.code()
                  + ": "
                  + BackupMessage.WITHOUT.text(
                      terminal.locale(), String.join(", ", missing), code));
    }
    if (progress.problemCount() > 0) {
      throw new KibanException(
          Outcome.PARTIAL,
          BackupMessage.PARTLY_SAVED,
          id,
          progress.problemCount(),
          progress.problems().get(0));
    }
  }
}
