package org.kiban.logship.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.logship.LogShipping;
import org.kiban.logship.flow.Report;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** {@code logship:status}: how far each stream is. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "logship",
    name = "status",
    description = "ログごとの送信状況 / How far each log is to each destination")
public final class StatusCommand extends KibanAction {

  @Argument(name = "code", description = "全国地方公共団体コード / Local government code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String code;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private LogShipping logs;

  @Override
  protected void run(Terminal terminal) {
    List<Report.Status> all = logs.of(code).status();
    if (json) {
      terminal.json(all);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("送信先", "Destination", Report.Status::destination),
            new Column<>("ログ源", "Source", Report.Status::source),
            new Column<>("ファイル", "File", Report.Status::place),
            new Column<>("大きさ", "Bytes", Report.Status::bytes),
            new Column<>("送達", "Acknowledged", Report.Status::acknowledged),
            new Column<>("件数", "Events", Report.Status::events),
            new Column<>("待ち", "Waiting", Report.Status::waiting),
            new Column<>("問題", "Problem", Report.Status::problem)),
        all);
  }
}
