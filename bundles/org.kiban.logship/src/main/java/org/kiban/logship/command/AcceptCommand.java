package org.kiban.logship.command;

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
import org.kiban.logship.LogCode;
import org.kiban.logship.LogShipping;
import org.kiban.logship.flow.Report;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code logship:accept}: takes note of what was lost, so that it is told no longer. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "logship",
    name = "accept",
    description =
        "失われたログを確認済みにする(理由とともに証跡に残る) / Take note of what was lost; the reason stays in the record")
public final class AcceptCommand extends KibanAction {

  @Argument(name = "code", description = "全国地方公共団体コード / Local government code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String code;

  @Argument(
      index = 1,
      name = "reason",
      description = "失われた理由と対応 / Why it was lost, and what was done",
      required = true)
  private String reason;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private LogShipping logs;

  @Override
  protected void run(Terminal terminal) {
    if (reason.isBlank()) {
      throw new KibanException(Outcome.USAGE, LogCode.NO_REASON);
    }
    List<Report.Gap> accepted = logs.of(code).accept(reason.strip());
    if (json) {
      terminal.json(accepted);
    } else {
      GapsCommand.table(terminal, accepted);
    }
  }
}
