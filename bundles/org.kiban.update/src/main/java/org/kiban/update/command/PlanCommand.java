package org.kiban.update.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;
import org.kiban.update.Desk;
import org.kiban.update.Desk.Step;
import org.kiban.update.Updates;

/** {@code update:plan}: what will happen. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "update",
    name = "plan",
    description =
        "何を、どの順に、いつ適用し、何に影響するか / What will be applied, in which order, when, and what it touches")
public final class PlanCommand extends KibanAction {

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Updates updates;

  @Override
  protected void run(Terminal terminal) {
    List<Step> steps = updates.ask(Desk::plan);
    if (json) {
      terminal.json(steps);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("更新", "Update", (Step s) -> s.item().name()),
            new Column<>("今の版", "Now", s -> s.item().from()),
            new Column<>("状態", "State", s -> terminal.text(s.item().state())),
            new Column<>("いつ", "When", s -> s.item().when()),
            new Column<>("影響", "Effect", Step::effect)),
        steps);
  }
}
