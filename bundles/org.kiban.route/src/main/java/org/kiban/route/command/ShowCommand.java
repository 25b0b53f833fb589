package org.kiban.route.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.route.api.RouteView;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code route:show}: one route file and all that is known of it. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "route", name = "show", description = "ルートの詳細 / show a route")
public final class ShowCommand extends KibanAction {

  @Reference private Desks desks;

  @Argument(name = "municipality", description = "団体コード / municipality code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String municipality;

  @Argument(index = 1, name = "name", description = "ルート名 / name of the route", required = true)
  @Completion(NameCompleter.class)
  private String name;

  @Option(name = "--json", description = "JSON で出力 / print JSON")
  private boolean json;

  @Override
  protected void run(Terminal terminal) {
    RouteView route = desks.of(municipality).show(name);
    if (json) {
      terminal.json(route);
      return;
    }
    terminal.table(Columns.routes(terminal), List.of(route));
    terminal.out().println(terminal.text("状態になった時刻: ", "since: ") + route.since());
    terminal.out().println("routes: " + String.join(", ", route.routes()));
    terminal.out().println("components: " + String.join(", ", route.components()));
    if (route.pauseMilliseconds() >= 0) {
      String pause = terminal.text("最後の切替の停止時間: ", "pause of the last swap: ");
      terminal.out().println(pause + route.pauseMilliseconds() + " ms");
    }
    Columns.problems(terminal, route.problems());
  }
}
