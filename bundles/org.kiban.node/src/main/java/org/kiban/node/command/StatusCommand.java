package org.kiban.node.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.Readiness;
import org.kiban.node.NodeMessages;
import org.kiban.node.status.NodeStatus;
import org.kiban.node.status.NodeView;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code node:status}: at most twelve lines; succeeds only if the node is ready. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "node",
    name = "status",
    description = "ノードの状態（準備完了のときだけ終了コード 0） / State of the node; exit status 0 only when ready")
public final class StatusCommand extends KibanAction {

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private NodeView view;

  @Override
  protected void run(Terminal terminal) {
    NodeStatus status = view.status(terminal.locale());
    if (json) {
      terminal.json(status);
    } else {
      new StatusScreen(terminal).print(status);
    }
    if (!status.ready()) {
      Readiness.Level missing =
          status.levels().stream().filter(l -> !l.reached()).findFirst().orElseThrow();
      throw new KibanException(
          Outcome.FAILED,
          NodeMessages.NOT_READY,
          StatusScreen.word(terminal, status.state()),
          missing.name() + (missing.reason().isEmpty() ? "" : ": " + missing.reason()));
    }
  }
}
