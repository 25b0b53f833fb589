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
import org.kiban.logship.flow.LogAgent;
import org.kiban.logship.flow.Report;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** {@code logship:replay}: sends again what a destination lost. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "logship",
    name = "replay",
    description =
        "送信先が失ったものをローカル保存から送り直す / Send again, from the local store, what a destination lacks")
public final class ReplayCommand extends KibanAction {

  @Argument(name = "code", description = "全国地方公共団体コード / Local government code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String code;

  @Argument(
      index = 1,
      name = "destination",
      description = "送信先の名前 / Name of the destination",
      required = true)
  @Completion(DestinationCompleter.class)
  private String destination;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Option(
      name = "--dead",
      description = "受け付けられなかったイベントを送り直す / Try events again that it refused for good")
  private boolean dead;

  @Option(
      name = "--give-up",
      description = "受け付けられなかったイベントを諦めて消し、記録する / Give those events up, and record it")
  private boolean giveUp;

  @Reference private LogShipping logs;

  @Override
  protected void run(Terminal terminal) {
    LogAgent agent = logs.of(code);
    Report.Replayed replayed =
        dead || giveUp ? agent.settleDead(destination, giveUp) : agent.replay(destination);
    if (json) {
      terminal.json(replayed);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("送信先", "Destination", Report.Replayed::destination),
            new Column<>("ファイル数", "Files", Report.Replayed::streams),
            new Column<>("件数", "Events", Report.Replayed::events)),
        List.of(replayed));
  }
}
