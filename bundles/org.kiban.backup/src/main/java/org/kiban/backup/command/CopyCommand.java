package org.kiban.backup.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.backup.BackupAgent;
import org.kiban.backup.Backups;
import org.kiban.backup.PasswordFile;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.run.Progress;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code backup:copy}: copies snapshots to another repository. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "backup",
    name = "copy",
    description = "別のリポジトリへスナップショットを写す / Copy snapshots to another repository")
public final class CopyCommand extends KibanAction {

  @Argument(
      name = "code",
      description = "団体コードか node / Local government code, or node",
      required = true)
  @Completion(OwnerCompleter.class)
  private String code;

  @Argument(
      index = 1,
      name = "location",
      description = "写す先のリポジトリ(絶対パス) / The other repository, absolute",
      required = true)
  private String location;

  @Option(
      name = "--password-file",
      description =
          "写す先のパスワード(0600)。省略時はこのノードのもの / The other's password, mode 0600; else this node's")
  private String passwordFile;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Backups backups;

  @Override
  protected void run(Terminal terminal) throws Exception {
    BackupAgent backup = backups.of(code);
    Progress progress = new Progress();
    List<Snapshot> copies;
    try (ProgressLines lines = new ProgressLines(terminal, progress)) {
      lines.start(json);
      copies =
          backup
              .vault()
              .copy(
                  location,
                  Optional.ofNullable(passwordFile).map(f -> PasswordFile.read(Path.of(f))),
                  progress);
    }
    if (json) {
      terminal.json(copies.stream().map(s -> s.id().toString()).toList());
      return;
    }
    copies.forEach(s -> terminal.out().println("+ " + s.id().brief() + "  " + s.time()));
  }
}
