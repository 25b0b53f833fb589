package org.kiban.addon.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.addon.swap.Addon;
import org.kiban.addon.swap.Addons;
import org.kiban.addon.swap.View;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code addon:list}: what is installed and how it is. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "addon", name = "list", description = "導入済みアドオンの一覧 / Installed add-ons")
public final class ListCommand extends KibanAction {

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Addons addons;

  /** What {@code --json} prints. */
  private record Shown(
      String id,
      String version,
      String nameJa,
      String nameEn,
      String vendor,
      View.State state,
      String message) {}

  @Override
  protected void run(Terminal terminal) {
    List<View> views = addons.list();
    if (json) {
      terminal.json(views.stream().map(ListCommand::shown).toList());
      return;
    }
    terminal.table(
        List.of(
            new Terminal.Column<>("ID", "Id", v -> v.addon().id()),
            new Terminal.Column<>("版", "Version", v -> v.addon().version()),
            new Terminal.Column<>(
                "名称", "Name", v -> terminal.text(v.addon().nameJa(), v.addon().nameEn())),
            new Terminal.Column<>("事業者", "Vendor", v -> v.addon().vendor()),
            new Terminal.Column<>("状態", "State", v -> terminal.text(v.state())),
            new Terminal.Column<>("理由", "Reason", View::message)),
        views);
  }

  private static Shown shown(View view) {
    Addon addon = view.addon();
    return new Shown(
        addon.id(),
        addon.version(),
        addon.nameJa(),
        addon.nameEn(),
        addon.vendor(),
        view.state(),
        view.message());
  }
}
