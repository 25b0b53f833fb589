package org.kiban.exchange.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.exchange.api.InterfaceView;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code exchange:interface-list}: declared interfaces and what is wrong with them. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "exchange", name = "interface-list", description = "インターフェースの一覧 / list interfaces")
public final class InterfaceListCommand extends KibanAction {

  @Reference private Exchanges exchanges;

  @Argument(name = "municipality", description = "団体コード / municipality code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String municipality;

  @Option(name = "--json", description = "JSON で出力 / print JSON")
  private boolean json;

  @Override
  protected void run(Terminal terminal) {
    List<InterfaceView> found = exchanges.of(municipality).interfaces();
    if (json) {
      terminal.json(found);
    } else {
      terminal.table(Columns.INTERFACES, found);
      Columns.problems(terminal, found);
    }
  }
}
