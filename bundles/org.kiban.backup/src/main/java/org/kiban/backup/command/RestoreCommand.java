package org.kiban.backup.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.backup.BackupAgent;
import org.kiban.backup.BackupAgent.Access;
import org.kiban.backup.Backups;
import org.kiban.backup.PasswordFile;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.run.Progress;
import org.kiban.backup.run.Restore;
import org.kiban.core.Outcome;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code backup:restore}: brings a snapshot or a part of it back. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "backup", name = "restore", description = "スナップショットを復元する / Bring a snapshot back")
public final class RestoreCommand extends KibanAction {

  @Argument(
      name = "code",
      description = "団体コードか node / Local government code, or node",
      required = true)
  @Completion(OwnerCompleter.class)
  private String code;

  @Argument(
      index = 1,
      name = "snapshot",
      description = "スナップショット(先頭数桁、または latest) / Snapshot: the beginning of its id, or latest",
      required = true)
  @Completion(SnapshotCompleter.class)
  private String snapshot;

  @Argument(
      index = 2,
      name = "target",
      description = "復元先のディレクトリ(絶対パス) / Directory to restore into, absolute",
      required = true)
  private String target;

  @Option(
      name = "--include",
      description = "この中だけ(複数可) / Only what is in there, several allowed",
      multiValued = true)
  private List<String> include = new ArrayList<>();

  @Option(
      name = "--password-file",
      description = "別のノードの復旧用パスワード(0600) / Recovery password of another node, mode 0600")
  private String passwordFile;

  @Option(name = "--in-place", description = "空でない復元先に上書きする / Restore over what is in the target")
  private boolean inPlace;

  @Option(name = "--dry-run", description = "確認だけして書き込まない / Check, but write nothing")
  private boolean dryRun;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Backups backups;

  @Override
  protected void run(Terminal terminal) throws Exception {
    Progress progress = new Progress();
    BackupAgent backup = backups.of(code);
    Path into = backup.target(target);
    if (!inPlace && !dryRun) {
      Restore.refuseUnlessEmpty(into);
    }
    Snapshot restored;
    try (ProgressLines lines = new ProgressLines(terminal, progress)) {
      lines.start(json);
      restored =
          backup
              .vault()
              .run(
                  Access.SHARED,
                  Optional.ofNullable(passwordFile).map(f -> PasswordFile.read(Path.of(f))),
                  r -> restored(r, progress, into, backup.workers()));
    }
    if (json) {
      terminal.json(
          Map.of(
              "snapshot", restored.id().toString(),
              "files", progress.totalFiles(),
              "bytes", progress.totalBytes(),
              "problems", progress.problems()));
    } else {
      terminal
          .out()
          .println(
              (dryRun ? "(--dry-run) " : "")
                  + "%s → %s  %d %s, %s"
                      .formatted(
                          restored.id().brief(),
                          into,
                          progress.totalFiles(),
                          terminal.text("ファイル", "files"),
                          ProgressLines.size(progress.totalBytes())));
    }
    Restore.requireWhole(restored, progress, Outcome.PARTIAL);
  }

  private Snapshot restored(Repository repository, Progress progress, Path into, int threads)
      throws IOException {
    Snapshot found = repository.snapshot(snapshot);
    repository.loadIndex(d -> progress.problem(d.getMessage()));
    new Restore(repository, progress, dryRun)
        .run(found.tree(), include.stream().map(Path::of).toList(), into, threads);
    return found;
  }
}
