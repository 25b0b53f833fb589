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
import org.kiban.update.Item;
import org.kiban.update.Updates;

/** {@code update:list}: what is offered. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "update",
    name = "list",
    description = "提供されている更新と、待っているもの / Updates that are offered and what they wait for")
public final class ListCommand extends KibanAction {

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Updates updates;

  @Override
  protected void run(Terminal terminal) {
    List<Item> items = updates.ask(Desk::items);
    if (json) {
      terminal.json(items);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("更新", "Update", Item::name),
            new Column<>("種類", "Kind", Item::kind),
            new Column<>("今の版", "Now", Item::from),
            new Column<>("区分", "Lane", i -> terminal.text(i.lane())),
            new Column<>("状態", "State", i -> terminal.text(i.state())),
            new Column<>("承認", "Approved by", Item::approvedBy),
            new Column<>("理由", "Reason", Item::reason),
            new Column<>("内容", "About", i -> terminal.text(i.ja(), i.en()))),
        items);
  }
}
