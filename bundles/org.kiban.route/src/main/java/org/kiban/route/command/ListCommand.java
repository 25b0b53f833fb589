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

/** {@code route:list}: every route file and how it is. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "route", name = "list", description = "ルートの一覧 / list routes")
public final class ListCommand extends KibanAction {

  @Reference private Desks desks;

  @Argument(name = "municipality", description = "団体コード / municipality code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String municipality;

  @Option(name = "--json", description = "JSON で出力 / print JSON")
  private boolean json;

  @Override
  protected void run(Terminal terminal) {
    List<RouteView> found = desks.of(municipality).list();
    if (json) {
      terminal.json(found);
      return;
    }
    terminal.table(Columns.routes(terminal), found);
    found.forEach(r -> Columns.problems(terminal, r.problems()));
  }
}
