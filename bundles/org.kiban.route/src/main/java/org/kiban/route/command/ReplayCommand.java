package org.kiban.route.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.route.api.FailedExchange;
import org.kiban.route.api.Routes;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** {@code route:replay}: sends kept failed exchanges through the route again. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "route", name = "replay", description = "失敗した電文の再送 / replay failed exchanges")
public final class ReplayCommand extends KibanAction {

  private static final List<Column<FailedExchange>> COLUMNS =
      List.of(
          new Column<FailedExchange>("番号", "Id", FailedExchange::id),
          new Column<FailedExchange>("時刻", "At", FailedExchange::at),
          new Column<FailedExchange>("経路", "Route", FailedExchange::route),
          new Column<FailedExchange>("取得元", "From", FailedExchange::from),
          new Column<FailedExchange>("バイト", "Bytes", FailedExchange::bytes),
          new Column<FailedExchange>("原因", "Reason", FailedExchange::reason));

  @Reference private Desks desks;

  @Argument(name = "municipality", description = "団体コード / municipality code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String municipality;

  @Argument(index = 1, name = "name", description = "ルート名 / name of the route", required = true)
  @Completion(NameCompleter.class)
  private String name;

  @Argument(index = 2, name = "id", description = "番号（省略すると全部）/ ids, or all", multiValued = true)
  private List<String> ids;

  @Option(name = "--dry-run", description = "一覧だけ表示 / only list them")
  private boolean dryRun;

  @Option(name = "--json", description = "JSON で出力 / print JSON")
  private boolean json;

  @Override
  protected void run(Terminal terminal) {
    Routes routes = desks.of(municipality);
    List<String> chosen = ids == null ? List.of() : ids;
    if (dryRun) {
      List<FailedExchange> kept =
          routes.failed(name).stream()
              .filter(e -> chosen.isEmpty() || chosen.contains(e.id()))
              .toList();
      if (json) {
        terminal.json(kept);
      } else {
        terminal.table(COLUMNS, kept);
      }
      return;
    }
    int sent = routes.replay(name, chosen);
    terminal.out().println(terminal.text(sent + " 件を再送しました。", sent + " replayed."));
  }
}
