package org.kiban.messaging.command;

import java.time.Duration;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.messaging.Messaging;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code messaging:drain}: waits until receivers have emptied a queue. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "messaging",
    name = "drain",
    description = "キューが空になるまで待つ / Wait until receivers have emptied a queue")
public final class DrainCommand extends KibanAction {

  @Argument(name = "code", description = "全国地方公共団体コード / Local government code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String code;

  @Argument(index = 1, name = "queue", description = "キュー / Queue", required = true)
  @Completion(QueueCompleter.class)
  private String queue;

  @Option(name = "--timeout", description = "待つ秒数 / Seconds to wait")
  private int timeout = 60;

  @Option(name = "--hold", description = "その間、送信側を待たせる / Make senders wait meanwhile")
  private boolean hold;

  @Reference private Messaging messaging;

  @Override
  protected void run(Terminal terminal) throws Exception {
    messaging
        .require(code)
        .drain(
            queue,
            Duration.ofSeconds(timeout),
            hold,
            left -> terminal.out().printf(terminal.text("残り %d 件%n", "%d left%n"), left));
    terminal.out().println(terminal.text("空になりました", "empty"));
  }
}
