package org.kiban.exchange.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code exchange:retry}: tries a refused or pending delivery again now. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "exchange", name = "retry", description = "配信の再試行 / try a delivery again")
public final class RetryCommand extends KibanAction {

  @Reference private Exchanges exchanges;

  @Argument(name = "municipality", description = "団体コード / municipality code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String municipality;

  @Argument(index = 1, name = "delivery", description = "配信番号 / delivery number", required = true)
  private long delivery;

  @Override
  protected void run(Terminal terminal) {
    long again = exchanges.of(municipality).retry(delivery);
    terminal
        .out()
        .println(
            terminal.text(
                "配信 " + again + " を再試行します。exchange:list で結果を確認してください。",
                "Trying delivery " + again + " again. See exchange:list for what becomes of it."));
  }
}
