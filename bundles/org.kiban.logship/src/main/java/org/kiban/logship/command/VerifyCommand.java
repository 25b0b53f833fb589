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
import org.kiban.shell.Terminal.Column;

/** {@code logship:verify}: checks the chains. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "logship",
    name = "verify",
    description = "証跡と送信先の連鎖を検査 / Check the chains of the evidence and of the destinations")
public final class VerifyCommand extends KibanAction {

  @Argument(name = "code", description = "全国地方公共団体コード / Local government code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String code;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private LogShipping logs;

  @Override
  protected void run(Terminal terminal) {
    List<Report.Verified> all = logs.of(code).verify();
    if (json) {
      terminal.json(all);
    } else {
      terminal.table(
          List.of(
              new Column<>("対象", "What", Report.Verified::what),
              new Column<>("件数", "Checked", Report.Verified::checked),
              new Column<>("問題", "Problems", v -> String.join("; ", v.problems()))),
          all);
    }
    all.stream()
        .flatMap(v -> v.problems().stream())
        .findFirst()
        .ifPresent(
            p -> {
              throw new KibanException(Outcome.FAILED, LogCode.NOT_VERIFIED, p);
            });
  }
}
