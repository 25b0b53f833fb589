package org.kiban.time.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;
import org.kiban.time.TimeStatus;
import org.kiban.time.Timekeeping;

/** {@code time:status}: how far the node's time can be trusted. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "time",
    name = "status",
    description = "時刻の信頼度 / How far the node's time can be trusted")
public final class StatusCommand extends KibanAction {

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Timekeeping timekeeping;

  @Override
  protected void run(Terminal terminal) {
    TimeStatus status = timekeeping.keeper().status();
    if (json) {
      terminal.json(status);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("時刻", "Time", TimeStatus::now),
            new Column<>("状態", "Trust", TimeStatus::trust),
            new Column<>("誤差の上限 ms", "Bound ms", s -> Shown.milliseconds(s.boundMilliseconds())),
            new Column<>("ずれ ms", "Offset ms", s -> Shown.milliseconds(s.offsetMilliseconds())),
            new Column<>("時刻源", "Sources", s -> s.answering() + "/" + s.sources()),
            new Column<>("許容する誤り", "Endures", TimeStatus::endures),
            new Column<>("誤った時刻源", "Falsetickers", s -> String.join(", ", s.falsetickers())),
            new Column<>("chrony", "chrony", TimeStatus::chrony)),
        List.of(status));
  }
}
