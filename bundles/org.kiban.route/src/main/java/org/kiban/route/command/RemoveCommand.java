package org.kiban.route.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.route.api.RouteView;
import org.kiban.route.api.Routes;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code route:remove}: drains a route and takes its file away. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "route", name = "remove", description = "ルートの削除 / remove a route")
public final class RemoveCommand extends KibanAction {

  @Reference private Desks desks;

  @Argument(name = "municipality", description = "団体コード / municipality code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String municipality;

  @Argument(index = 1, name = "name", description = "ルート名 / name of the route", required = true)
  @Completion(NameCompleter.class)
  private String name;

  @Option(name = "--dry-run", description = "確認だけ行う / only say what would be done")
  private boolean dryRun;

  @Override
  protected void run(Terminal terminal) {
    Routes routes = desks.of(municipality);
    RouteView route = routes.show(name);
    if (!dryRun) {
      routes.remove(name, Desks.progress(terminal));
    }
    terminal
        .out()
        .println(
            terminal.text(
                route.name() + " を削除します" + (dryRun ? "（確認のみ）。" : "。完了しました。"),
                (dryRun ? "Would remove " : "Removed ") + route.name() + "."));
  }
}
