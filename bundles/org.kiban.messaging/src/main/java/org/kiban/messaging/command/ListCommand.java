package org.kiban.messaging.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.messaging.Messaging;
import org.kiban.messaging.MunicipalQueues;
import org.kiban.messaging.QueueView;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** {@code messaging:list}: queues with what waits in them. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "messaging", name = "list", description = "キューの一覧 / Queues and what waits in them")
public final class ListCommand extends KibanAction {

  @Argument(name = "code", description = "全国地方公共団体コード / Local government code", required = false)
  @Completion(MunicipalityCompleter.class)
  private String code;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Messaging messaging;

  @Override
  protected void run(Terminal terminal) {
    List<MunicipalQueues> chosen =
        code == null ? messaging.all() : List.of(messaging.require(code));
    List<QueueView> queues = chosen.stream().flatMap(q -> q.list().stream()).toList();
    if (json) {
      terminal.json(queues);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("団体", "Code", QueueView::code),
            new Column<>("キュー", "Queue", QueueView::queue),
            new Column<>("件数", "Messages", QueueView::messages),
            new Column<>("配信中", "Delivering", QueueView::delivering),
            new Column<>("予約", "Scheduled", QueueView::scheduled),
            new Column<>("受信側", "Consumers", QueueView::consumers)),
        queues);
  }
}
