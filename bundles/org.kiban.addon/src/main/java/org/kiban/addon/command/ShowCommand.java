package org.kiban.addon.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.addon.swap.Addon;
import org.kiban.addon.swap.Addons;
import org.kiban.addon.swap.SwapMessage;
import org.kiban.addon.swap.View;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code addon:show}: one add-on, what it may touch and what it consists of. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "addon", name = "show", description = "アドオン一つの詳細 / One add-on in detail")
public final class ShowCommand extends KibanAction {

  @Argument(name = "id", description = "アドオンの ID / Id of the add-on", required = true)
  @Completion(AddonCompleter.class)
  private String id;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Addons addons;

  @Override
  protected void run(Terminal terminal) {
    View view =
        addons.list().stream()
            .filter(v -> v.addon().id().equals(id))
            .findFirst()
            .orElseThrow(() -> new KibanException(Outcome.USAGE, SwapMessage.NOT_INSTALLED, id));
    if (json) {
      terminal.json(view);
      return;
    }
    Addon addon = view.addon();
    terminal
        .out()
        .printf(
            "%s %s  %s  %s%n",
            addon.id(),
            addon.version(),
            terminal.text(addon.nameJa(), addon.nameEn()),
            terminal.text(view.state()));
    if (!view.message().isEmpty()) {
      terminal.out().println("! " + view.message());
    }
    PlanScreen.line(terminal, "署名", "signed by", addon.vendor() + ", " + addon.keyId());
    PlanScreen.line(terminal, "SHA-256", "SHA-256", addon.sha256());
    PlanScreen.permissions(terminal, addon.permissions());
    terminal.table(
        List.of(
            new Terminal.Column<>("バンドル", "Bundle", p -> p.symbolicName()),
            new Terminal.Column<>("版", "Version", p -> p.version()),
            new Terminal.Column<>("開始レベル", "Start level", p -> p.startLevel())),
        addon.pieces());
  }
}
