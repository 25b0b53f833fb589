package org.kiban.logship.command;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.logship.LogShipping;
import org.kiban.logship.local.Search;
import org.kiban.shell.KibanAction;
import org.kiban.shell.Limits;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;
import org.kiban.shell.Times;

/** {@code logship:search}: looks for events on this node. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "logship",
    name = "search",
    description = "このノードにあるログ(ローカル保存と受信)を時刻と文字列で検索 / Search logs on this node, own and received")
public final class SearchCommand extends KibanAction {

  @Argument(name = "code", description = "全国地方公共団体コード / Local government code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String code;

  @Argument(index = 1, name = "text", description = "含まれる文字列 / Text that events hold")
  private String text = "";

  @Option(name = "--from", description = "この時刻以後 / Not older than this")
  private String from;

  @Option(name = "--to", description = "この時刻より前 / Older than this")
  private String to;

  @Option(name = "--limit", description = "新しいものから何件 / How many, the newest")
  private int limit = 100;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private LogShipping logs;

  @Override
  protected void run(Terminal terminal) {
    Search search =
        new Search(
            Optional.ofNullable(Times.parse(from)).orElse(Instant.MIN),
            Optional.ofNullable(Times.parse(to)).orElse(Instant.MAX),
            text,
            Limits.check(limit));
    List<Search.Hit> hits = logs.search(code, search);
    if (json) {
      terminal.json(hits);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("時刻", "Time", Search.Hit::time),
            new Column<>("ログ源", "Source", Search.Hit::source),
            new Column<>("ファイル", "File", Search.Hit::name),
            new Column<>("内容", "Event", Search.Hit::text)),
        hits);
  }
}
