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
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code exchange:trace}: where a file is, by its name or its SHA-256. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "exchange", name = "trace", description = "ファイルの行方 / where is the file")
public final class TraceCommand extends KibanAction {

  @Reference private Exchanges exchanges;

  @Argument(name = "municipality", description = "団体コード / municipality code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String municipality;

  @Argument(
      index = 1,
      name = "file",
      description = "ファイル名または SHA-256 の先頭 8 桁以上 / file name or SHA-256",
      required = true)
  private String text;

  @Option(name = "--json", description = "JSON で出力 / print JSON")
  private boolean json;

  @Override
  protected void run(Terminal terminal) {
    List<DeliveryView> found = exchanges.of(municipality).trace(text);
    if (json) {
      terminal.json(found);
    } else if (found.size() == 1) {
      Columns.print(terminal, found.get(0));
    } else {
      terminal.table(Columns.DELIVERIES, found);
    }
  }
}
