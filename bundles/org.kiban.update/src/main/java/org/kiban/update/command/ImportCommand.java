package org.kiban.update.command;

import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;
import org.kiban.update.Intake.Imported;
import org.kiban.update.Updates;

/** {@code update:import}: takes a repository in. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "update",
    name = "import",
    description = "更新リポジトリを検証して取り込む / Verify an update repository and take it in")
public final class ImportCommand extends KibanAction {

  @Argument(
      name = "folder",
      description =
          "metadata と targets のあるフォルダ（省略すると設定の folder） / Folder with metadata and targets; without it the configured one")
  @Completion(FileCompleter.class)
  private String folder;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Updates updates;

  @Override
  protected void run(Terminal terminal) {
    Path repository = folder == null ? null : Path.of(folder);
    Imported imported = updates.ask(d -> d.take(repository, user()));
    if (json) {
      terminal.json(imported);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("状態の版", "State", Imported::version),
            new Column<>("期限", "Counts until", Imported::expires),
            new Column<>("更新", "Updates", Imported::offers),
            new Column<>("コピー", "Copied", Imported::copied),
            new Column<>("除外", "Left out", i -> String.join(", ", i.leftOut()))),
        List.of(imported));
  }
}
