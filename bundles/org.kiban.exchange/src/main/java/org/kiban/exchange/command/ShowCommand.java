package org.kiban.exchange.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.exchange.api.DeliveryView;
import org.kiban.exchange.engine.LinkageMessage;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code exchange:show}: everything about one delivery. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "exchange", name = "show", description = "配信の詳細 / show a delivery")
public final class ShowCommand extends KibanAction {

  @Reference private Exchanges exchanges;

  @Argument(name = "municipality", description = "団体コード / municipality code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String municipality;

  @Argument(index = 1, name = "delivery", description = "配信番号 / delivery number", required = true)
  private long delivery;

  @Option(name = "--json", description = "JSON で出力 / print JSON")
  private boolean json;

  @Override
  protected void run(Terminal terminal) {
    DeliveryView found =
        exchanges
            .of(municipality)
            .show(delivery)
            .orElseThrow(
                () ->
                    new KibanException(
                        Outcome.USAGE, LinkageMessage.UNKNOWN_DELIVERY, Long.toString(delivery)));
    if (json) {
      terminal.json(found);
    } else {
      Columns.print(terminal, found);
    }
  }
}
