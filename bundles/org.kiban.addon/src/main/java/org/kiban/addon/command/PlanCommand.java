package org.kiban.addon.command;

import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.kiban.addon.swap.Addons;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code addon:plan}: what would installing or updating do? */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "addon",
    name = "plan",
    description = "導入・更新で何が起きるかを表示 / Show what installing or updating would do")
public final class PlanCommand extends KibanAction {

  @Argument(
      name = "file",
      description = "パッケージの絶対パス / Absolute path of the package",
      required = true)
  @Completion(FileCompleter.class)
  private String file;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Addons addons;

  @Override
  protected void run(Terminal terminal) {
    new PlanScreen(terminal, json).print(addons.plan(Path.of(file)));
  }
}
