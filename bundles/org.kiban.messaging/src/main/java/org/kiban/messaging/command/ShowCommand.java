package org.kiban.messaging.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.messaging.MessageView;
import org.kiban.messaging.Messaging;
import org.kiban.messaging.MunicipalQueues;
import org.kiban.messaging.QueueView;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** {@code messaging:show}: one queue and its oldest messages, without their content. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "messaging",
    name = "show",
    description = "キューの状態と古い順のメッセージ（内容は表示しません） / A queue and its oldest messages, without content")
public final class ShowCommand extends KibanAction {

  @Argument(name = "code", description = "全国地方公共団体コード / Local government code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String code;

  @Argument(index = 1, name = "queue", description = "キュー / Queue", required = true)
  @Completion(QueueCompleter.class)
  private String queue;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Option(name = "--limit", description = "表示する件数 / How many messages")
  private int limit = 20;

  @Reference private Messaging messaging;

  /** What {@code --json} prints. */
  private record Shown(QueueView queue, List<MessageView> messages) {}

  @Override
  protected void run(Terminal terminal) {
    MunicipalQueues queues = messaging.require(code);
    QueueView q = queues.show(queue);
    List<MessageView> messages = queues.messages(queue, limit);
    if (json) {
      terminal.json(new Shown(q, messages));
      return;
    }
    terminal
        .out()
        .printf(
            terminal.text(
                "%s  %s  %d 件（配信中 %d、予約 %d） 受信側 %d  起動後の受付 %d、確認 %d%n",
                "%s  %s  %d messages (%d delivering, %d scheduled)  %d consumers  since start: %d in, %d out%n"),
            q.queue(),
            q.kind(),
            q.messages(),
            q.delivering(),
            q.scheduled(),
            q.consumers(),
            q.added(),
            q.acknowledged());
    table(terminal, messages);
  }

  static void table(Terminal terminal, List<MessageView> messages) {
    terminal.table(
        List.of(
            new Column<>("番号", "Id", MessageView::id),
            new Column<>("送信時刻", "Sent", MessageView::sentAt),
            new Column<>("バイト", "Bytes", MessageView::bytes),
            new Column<>("配信回数", "Deliveries", MessageView::deliveries),
            new Column<>("元の宛先", "Origin", MessageView::origin)),
        messages);
  }
}
