package org.kiban.exchange.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.exchange.api.InterfaceView;
import org.kiban.exchange.engine.LinkageMessage;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code exchange:interface-show}: one interface and its declaration in force. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "exchange",
    name = "interface-show",
    description = "インターフェースの詳細 / show an interface")
public final class InterfaceShowCommand extends KibanAction {

  @Reference private Exchanges exchanges;

  @Argument(name = "municipality", description = "団体コード / municipality code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String municipality;

  @Argument(index = 1, name = "interface", description = "インターフェース / interface", required = true)
  private String interfaceId;

  @Option(name = "--json", description = "JSON で出力 / print JSON")
  private boolean json;

  @Override
  protected void run(Terminal terminal) {
    InterfaceView found =
        exchanges.of(municipality).interfaces().stream()
            .filter(i -> i.id().equals(interfaceId))
            .findFirst()
            .orElseThrow(
                () -> new KibanException(Outcome.USAGE, LinkageMessage.NO_INTERFACE, interfaceId));
    if (json) {
      terminal.json(found);
    } else {
      terminal.table(Columns.INTERFACES, List.of(found));
      terminal.out().println(terminal.text("到着先: ", "arrives in: ") + found.directory());
      Columns.problems(terminal, List.of(found));
      if (found.source() != null) {
        terminal.out().println();
        terminal.out().println(found.source());
      }
    }
  }
}
