package org.kiban.update.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;
import org.kiban.update.Updates;
import org.kiban.update.os.Source;

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

  @Reference private Updates updates;

  @Override
  protected void run(Terminal terminal) {
    List<Source> sources = updates.desk().os().sources();
    if (json) {
      terminal.json(sources);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("提供元", "Source", Source::origin),
            new Column<>("日付", "Signed", Source::date),
            new Column<>("期限", "Counts until", Source::validUntil),
            new Column<>(
                "セキュリティ", "Security", s -> s.security() ? terminal.text("はい", "yes") : "")),
        sources);
  }
}
