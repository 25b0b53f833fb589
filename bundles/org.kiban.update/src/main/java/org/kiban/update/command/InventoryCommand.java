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
import org.kiban.update.os.OsPackages.Installed;

/** {@code update:inventory}: what is installed. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "update",
    name = "inventory",
    description = "導入済みの OS のパッケージ / Packages of the operating system that are installed")
public final class InventoryCommand extends KibanAction {

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Updates updates;

  @Override
  protected void run(Terminal terminal) {
    List<Installed> installed = updates.ask(d -> d.os().installed());
    if (json) {
      terminal.json(installed);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("パッケージ", "Package", Installed::name),
            new Column<>("版", "Version", Installed::version),
            new Column<>("アーキテクチャ", "Architecture", Installed::architecture)),
        installed);
  }
}
