package org.kiban.node.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.core.NodeState;
import org.kiban.core.NodeState.Kind;
import org.kiban.core.NodeState.Snapshot;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** {@code node:digest}: one number for everything that the node is made of. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "node",
    name = "digest",
    description = "ノードの構成のダイジェスト（--json で内訳） / Digest of the node's state; --json lists every fact")
public final class DigestCommand extends KibanAction {

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private NodeState state;

  /** How many facts of a kind there are. */
  private record Count(Kind kind, long count) {}

  @Override
  protected void run(Terminal terminal) {
    Snapshot snapshot = state.now();
    if (json) {
      terminal.json(snapshot);
      return;
    }
    terminal.out().println(snapshot.digest());
    List<Count> counts =
        Arrays.stream(Kind.values())
            .map(k -> new Count(k, snapshot.facts().stream().filter(f -> f.kind() == k).count()))
            .toList();
    terminal.table(
        List.of(
            new Column<>("種類", "Kind", c -> c.kind().name().toLowerCase(Locale.ROOT)),
            new Column<>("件数", "Facts", Count::count)),
        counts);
  }
}
