package org.kiban.exchange.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.exchange.api.ScanView;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** {@code exchange:scan-status}: whether arrivals are looked at for malware. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "exchange",
    name = "scan-status",
    description = "マルウェア検査の状態 / whether arrivals are looked at for malware")
public final class ScanStatusCommand extends KibanAction {

  private static final List<Column<ScanView>> COLUMNS =
      List.of(
          new Column<>("検査", "scan", ScanView::state),
          new Column<>("宛先", "address", ScanView::address),
          new Column<>("応答", "answer", ScanView::answer));

  @Reference private Exchanges exchanges;

  @Argument(name = "municipality", description = "団体コード / municipality code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String municipality;

  @Option(name = "--json", description = "JSON で出力 / print JSON")
  private boolean json;

  @Override
  protected void run(Terminal terminal) {
    ScanView status = exchanges.of(municipality).scan();
    if (json) {
      terminal.json(status);
    } else {
      terminal.table(COLUMNS, List.of(status));
    }
  }
}
