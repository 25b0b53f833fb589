package org.kiban.exchange.command;

import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.kiban.exchange.api.DryRun;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code exchange:interface-test}: what would happen to a file, without a trace. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "exchange",
    name = "interface-test",
    description = "ファイルの試し検査(何も残さない)/ dry run of a file")
public final class InterfaceTestCommand extends KibanAction {

  @Reference private Exchanges exchanges;

  @Argument(name = "municipality", description = "団体コード / municipality code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String municipality;

  @Argument(index = 1, name = "interface", description = "インターフェース / interface", required = true)
  private String interfaceId;

  @Argument(index = 2, name = "file", description = "ファイル / file", required = true)
  @Completion(FileCompleter.class)
  private String file;

  @Option(name = "--json", description = "JSON で出力 / print JSON")
  private boolean json;

  @Override
  protected void run(Terminal terminal) {
    DryRun result = exchanges.of(municipality).test(interfaceId, Path.of(file));
    if (json) {
      terminal.json(result);
    } else {
      Columns.print(terminal, result);
    }
  }
}
