package org.kiban.exchange.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.exchange.api.DeliveryView;
import org.kiban.exchange.api.Exchange;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Times;

/** {@code exchange:list}: the newest deliveries, by interface, state and time. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "exchange", name = "list", description = "配信の一覧 / list deliveries")
public final class ListCommand extends KibanAction {

  @Reference private Exchanges exchanges;

  @Argument(name = "municipality", description = "団体コード / municipality code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String municipality;

  @Option(name = "--interface", description = "インターフェース / only this interface")
  private String interfaceId;

  @Option(
      name = "--state",
      description =
          "状態: accepted stranded delivered confirmed discarded refused duplicate / only this state")
  @Completion(StateCompleter.class)
  private String state;

  @Option(name = "--since", description = "以後(2026-11-23、2h など)/ received since")
  private String since;

  @Option(name = "--until", description = "より前 / received before")
  private String until;

  @Option(name = "--limit", description = "最大件数 / at most so many, the newest")
  private int limit = 50;

  @Option(name = "--json", description = "JSON で出力 / print JSON")
  private boolean json;

  @Override
  protected void run(Terminal terminal) {
    List<DeliveryView> found =
        exchanges
            .of(municipality)
            .list(
                new Exchange.Filter(
                    interfaceId, state, Times.parse(since), Times.parse(until), limit));
    if (json) {
      terminal.json(found);
    } else {
      terminal.table(Columns.DELIVERIES, found);
    }
  }
}
