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

/** {@code logship:gaps}: what was sent and is not stored, or never could be sent. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "logship",
    name = "gaps",
    description = "送信数と保存数の突合、欠落の一覧 / Compare what was sent with what is stored, list gaps")
public final class GapsCommand extends KibanAction {

  private static final int EXCERPT = 120;

  @Argument(name = "code", description = "全国地方公共団体コード / Local government code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String code;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Option(
      name = "--dead",
      description = "送信先が受け付けなかったイベントの一覧 / List events that destinations refused for good")
  private boolean dead;

  @Reference private LogShipping logs;

  @Override
  protected void run(Terminal terminal) {
    if (dead) {
      dead(terminal, logs.of(code).dead());
      return;
    }
    List<Report.Gap> all = logs.of(code).gaps();
    if (json) {
      terminal.json(all);
    } else {
      table(terminal, all);
    }
    long gaps = all.stream().filter(g -> g.verdict().isGap()).count();
    if (gaps > 0) {
      throw new KibanException(Outcome.FAILED, LogCode.GAPS, gaps);
    }
  }

  private void dead(Terminal terminal, List<Report.Dead> all) {
    if (json) {
      terminal.json(all);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("送信先", "Destination", Report.Dead::destination),
            new Column<>("理由", "Reason", d -> d.letter().reason()),
            new Column<>("ログ源", "Source", d -> d.letter().source()),
            new Column<>("ファイル", "File", d -> d.letter().file()),
            new Column<>("位置", "Offset", d -> d.letter().offset()),
            new Column<>("内容", "Event", d -> excerpt(d.letter().event()))),
        all);
  }

  private static String excerpt(String event) {
    return event.substring(0, Math.min(EXCERPT, event.length()));
  }

  /** Prints gaps. */
  static void table(Terminal terminal, List<Report.Gap> all) {
    terminal.table(
        List.of(
            new Column<>("送信先", "Destination", Report.Gap::destination),
            new Column<>("ログ源", "Source", Report.Gap::source),
            new Column<>("ファイル", "File", Report.Gap::name),
            new Column<>("送信", "Sent", Report.Gap::sent),
            new Column<>("保存", "Stored", Report.Gap::stored),
            new Column<>("欠落バイト", "Lost bytes", Report.Gap::lostBytes),
            new Column<>("判定", "Verdict", Report.Gap::verdict),
            new Column<>("詳細", "Detail", Report.Gap::detail)),
        all);
  }
}
