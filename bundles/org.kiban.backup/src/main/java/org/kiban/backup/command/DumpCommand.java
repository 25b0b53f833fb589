package org.kiban.backup.command;

import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.backup.BackupAgent;
import org.kiban.backup.BackupAgent.Access;
import org.kiban.backup.Backups;
import org.kiban.backup.run.Dump;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code backup:dump}: writes one file of a snapshot. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "backup",
    name = "dump",
    description = "スナップショットの 1 ファイルを書き出す / Write one file of a snapshot")
public final class DumpCommand extends KibanAction {

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
      name = "path",
      description = "スナップショットの中のパス / Path in the snapshot",
      required = true)
  private String path;

  @Argument(
      index = 3,
      name = "file",
      description = "書き出すファイル(絶対パス、まだないもの) / File to write, absolute, not there yet",
      required = true)
  private String file;

  @Reference private Backups backups;

  @Override
  protected void run(Terminal terminal) throws Exception {
    BackupAgent backup = backups.of(code);
    Path target = backup.target(file);
    long size =
        backup.run(Access.SHARED, r -> Dump.run(r, r.snapshot(snapshot), Path.of(path), target));
    terminal.out().println("+ " + target + "  " + ProgressLines.size(size));
  }
}
