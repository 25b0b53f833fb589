package org.kiban.update.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;
import org.kiban.update.Updates;
import org.kiban.update.home.EtcChanges.Change;

/** {@code update:compare}: what a new version of the node changes in etc/. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "update",
    name = "compare",
    description = "ノード本体の更新が etc/ で変えるもの / What an update of the node changes in etc/")
public final class CompareCommand extends KibanAction {

  @Argument(name = "update", description = "更新の名前 / The name of an update", required = true)
  @Completion(ItemCompleter.class)
  private String name;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Updates updates;

  @Override
  protected void run(Terminal terminal) {
    List<Change> changes = updates.ask(d -> d.compare(name));
    if (json) {
      terminal.json(changes);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("ファイル", "File", Change::file),
            new Column<>("何が", "What", c -> terminal.text(c.what())),
            new Column<>("行", "Lines", c -> String.join(" | ", c.lines()))),
        changes);
  }
}
