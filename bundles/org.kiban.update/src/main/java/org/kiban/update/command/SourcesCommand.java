package org.kiban.update.command;

import java.util.List;
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
import org.kiban.update.OsDesk.Known;
import org.kiban.update.Updates;

/** {@code update:sources}: how old metadata is. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "update",
    name = "sources",
    description =
        "OS の更新の提供元と、そのメタデータの日付 / Sources of the operating system and how old their metadata is")
public final class SourcesCommand extends KibanAction {

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Option(
      name = "--forget",
      description =
          "原因を確かめたあと、この名前の提供元の記憶を消す / Begin anew with the source of this name, once you know why")
  @Completion(SourceCompleter.class)
  private String forget;

  @Reference private Updates updates;

  @Override
  protected void run(Terminal terminal) {
    if (forget != null) {
      updates.tell(d -> d.os().forget(forget));
    }
    List<Known> sources = updates.ask(d -> d.os().sources());
    if (json) {
      terminal.json(sources);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("名前", "Name", Known::file),
            new Column<>("提供元", "Source", Known::origin),
            new Column<>("日付", "Signed", Known::date),
            new Column<>("見た最新", "Newest seen", Known::newest),
            new Column<>("最後の応答", "Offered last", Known::offered),
            new Column<>("期限", "Counts until", Known::validUntil),
            new Column<>("セキュリティ", "Security", s -> s.security() ? terminal.text("はい", "yes") : ""),
            new Column<>("重大", "Critical", Known::code)),
        sources);
  }
}
