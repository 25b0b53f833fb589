package org.kiban.node.command;

import java.util.List;
import java.util.Locale;
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

/** {@code node:diff}: what was changed by hand. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "node",
    name = "diff",
    description = "あるべき状態との違い（手で変えられたもの） / What differs from the desired state")
public final class DiffCommand extends KibanAction {

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private NodeState state;

  @Override
  protected void run(Terminal terminal) {
    List<Difference> differences = state.differences();
    if (json) {
      terminal.json(differences);
    } else {
      print(terminal, differences);
    }
  }

  static void print(Terminal terminal, List<Difference> differences) {
    terminal.table(
        List.of(
            new Terminal.Column<>("種類", "Kind", d -> d.kind().name().toLowerCase(Locale.ROOT)),
            new Terminal.Column<>("名前", "Name", Difference::name),
            new Terminal.Column<>("あるべき", "Wanted", d -> shown(d.wanted())),
            new Terminal.Column<>("現在", "Found", d -> shown(d.found()))),
        differences);
  }

  private static String shown(String value) {
    return value.isEmpty() ? "-" : value.replaceAll("(sha256=[0-9a-f]{8})[0-9a-f]+", "$1…");
  }
}
