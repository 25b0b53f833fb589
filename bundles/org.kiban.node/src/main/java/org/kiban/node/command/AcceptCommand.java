package org.kiban.node.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.core.NodeState;
import org.kiban.core.NodeState.Difference;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code node:accept}: what was changed by hand is desired from now on. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "node",
    name = "accept",
    description = "手で加えた変更を、あるべき状態として認める / Make what was changed by hand the desired state")
public final class AcceptCommand extends KibanAction {

  @Option(name = "--dry-run", description = "表示だけして認めない / Show, but accept nothing")
  private boolean dryRun;

  @Reference private NodeState state;

  @Override
  protected void run(Terminal terminal) {
    List<Difference> differences = dryRun ? state.differences() : state.accept();
    DiffCommand.print(terminal, differences);
  }
}
