package org.kiban.audit.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.audit.Act;
import org.kiban.audit.AuditLedger;
import org.kiban.audit.Entry;
import org.kiban.audit.Query;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;
import org.kiban.shell.Times;

/** {@code audit:list}: who did what, and when. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "audit",
    name = "list",
    description = "監査記録の一覧（新しいものが下） / Who did what, the newest at the bottom")
public final class ListCommand extends KibanAction {

  @Argument(
      name = "code",
      description = "全国地方公共団体コード（省くとすべて） / Local government code; all if left out")
  @Completion(MunicipalityCompleter.class)
  private String code;

  @Option(
      name = "--kind",
      description =
          "種別 command, login, configuration, role, transfer, audit / Only this kind of act")
  @Completion(KindCompleter.class)
  private String kind;

  @Option(name = "--user", description = "利用者 / Only this user's")
  private String user;

  @Option(name = "--since", description = "これ以降（30m、1d、2026-04-01 など） / Not before, for example 1d")
  private String since;

  @Option(name = "--until", description = "これより前 / Only before this time")
  private String until;

  @Option(name = "--limit", description = "表示する件数 / How many of the newest")
  private int limit = 50;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private AuditLedger ledger;

  @Override
  protected void run(Terminal terminal) {
    List<Entry> entries =
        ledger.list(
            new Query(
                code, Act.Kind.of(kind), user, Times.parse(since), Times.parse(until), limit));
    if (json) {
      terminal.json(entries);
    } else {
      terminal.table(COLUMNS, entries);
    }
  }

  /** One entry a line. */
  static final List<Column<Entry>> COLUMNS =
      List.of(
          new Column<>("番号", "Position", Entry::position),
          new Column<>("時刻", "Time", Entry::at),
          new Column<>("種別", "Kind", e -> e.act().kind().word()),
          new Column<>("利用者", "User", e -> e.act().user()),
          new Column<>("接続元", "From", e -> e.act().from()),
          new Column<>("内容", "What", e -> e.act().what()),
          new Column<>(
              "結果",
              "Result",
              e -> e.act().result() + (e.act().of() == 0 ? "" : " (" + e.act().of() + ")")));
}
