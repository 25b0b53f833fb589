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
import org.kiban.update.os.Pending;

/** {@code update:packages}: what apt would bring. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "update",
    name = "packages",
    description = "OS のパッケージの更新 / Packages of the operating system that have newer versions")
public final class PackagesCommand extends KibanAction {

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Option(name = "--refresh", description = "提供元に問い合わせ直してから / Ask the sources anew first")
  private boolean refresh;

  @Reference private Updates updates;

  @Override
  protected void run(Terminal terminal) {
    if (refresh) {
      updates.tell(d -> d.os().refresh());
    }
    List<Pending> pending = updates.ask(d -> d.os().pending());
    if (json) {
      terminal.json(pending);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("パッケージ", "Package", Pending::name),
            new Column<>("今の版", "Now", Pending::from),
            new Column<>("新しい版", "New", Pending::to),
            new Column<>("区分", "Lane", p -> terminal.text(p.lane())),
            new Column<>("提供元", "Origin", p -> String.join(", ", p.origins()))),
        pending);
  }
}
