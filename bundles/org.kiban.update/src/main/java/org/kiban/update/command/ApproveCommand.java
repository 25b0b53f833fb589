package org.kiban.update.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.update.Updates;

/** {@code update:approve}: approves. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "update", name = "approve", description = "更新を承認する / Approve an update")
public final class ApproveCommand extends KibanAction {

  @Argument(name = "update", description = "更新の名前 / The name of the update", required = true)
  @Completion(ItemCompleter.class)
  private String name;

  @Option(name = "--by", description = "承認者（省略するとログイン名） / Who approves; without it the log-in name")
  private String by;

  @Reference private Updates updates;

  @Override
  protected void run(Terminal terminal) {
    updates.desk().approve(name, by == null ? user() : by + " (" + user() + ")");
  }
}
