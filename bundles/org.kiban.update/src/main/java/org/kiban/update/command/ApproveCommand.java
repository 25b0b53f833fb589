package org.kiban.update.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.update.Lane;
import org.kiban.update.UpdateCode;
import org.kiban.update.Updates;

/** {@code update:approve}: approves. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "update", name = "approve", description = "更新を承認する / Approve an update")
public final class ApproveCommand extends KibanAction {

  @Argument(name = "update", description = "更新の名前 / The name of the update")
  @Completion(ItemCompleter.class)
  private String name;

  @Option(name = "--by", description = "承認者（省略するとログイン名） / Who approves; without it the log-in name")
  private String by;

  @Option(
      name = "--packages",
      description =
          "この区分（urgent、normal）の OS パッケージすべて / All packages of the operating system in a lane:"
              + " urgent or normal")
  @Completion(
      value = StringsCompleter.class,
      values = {"urgent", "normal"})
  private String packages;

  @Reference private Updates updates;

  @Override
  protected void run(Terminal terminal) {
    String who = by == null ? user() : by + " (" + user() + ")";
    if ((name == null) == (packages == null)
        || packages != null && !packages.matches("urgent|normal")) {
      throw new KibanException(Outcome.USAGE, UpdateCode.NOTHING_NAMED);
    }
    if (name != null) {
      updates.tell(d -> d.approve(name, who));
      return;
    }
    Lane lane = packages.equals("urgent") ? Lane.URGENT : Lane.NORMAL;
    int approved = updates.ask(d -> d.approvePackages(lane, who));
    terminal.out().println(terminal.text(approved + " 件を承認しました", approved + " packages approved"));
  }
}
