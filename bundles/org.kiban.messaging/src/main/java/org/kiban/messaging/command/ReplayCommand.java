package org.kiban.messaging.command;

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
import org.kiban.messaging.MessageView;
import org.kiban.messaging.Messaging;
import org.kiban.messaging.MessagingCode;
import org.kiban.messaging.MunicipalQueues;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code messaging:replay}: sends dead letters back to where they came from. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "messaging",
    name = "replay",
    description = "配信不能メッセージを元のキューへ戻す / Send dead letters back to their queue")
public final class ReplayCommand extends KibanAction {

  @Argument(name = "code", description = "全国地方公共団体コード / Local government code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String code;

  @Option(name = "--all", description = "すべて / All of them")
  private boolean all;

  @Option(name = "--message", description = "1 件の番号 / The number of one")
  private Long message;

  @Option(name = "--dry-run", description = "変更せず、対象だけ表示 / Only show what would be sent")
  private boolean dryRun;

  @Reference private Messaging messaging;

  @Override
  protected void run(Terminal terminal) throws Exception {
    if (all == (message != null)) {
      throw new KibanException(Outcome.USAGE, MessagingCode.REPLAY_WHAT);
    }
    MunicipalQueues queues = messaging.require(code);
    if (dryRun) {
      List<MessageView> would = queues.replayable(message);
      ShowCommand.table(terminal, would);
      terminal
          .out()
          .printf(
              terminal.text("戻せる %d 件、残る %d 件%n", "%d would go back, %d would stay%n"),
              would.size(),
              queues.stuck(message).size());
      return;
    }
    int sent = queues.replay(message);
    terminal.out().printf(terminal.text("%d 件を戻しました%n", "%d sent back%n"), sent);
  }
}
