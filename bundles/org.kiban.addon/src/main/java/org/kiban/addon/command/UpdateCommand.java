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
import org.kiban.addon.swap.Operation;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code addon:update}: replaces an add-on by another version. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "addon",
    name = "update",
    description = "アドオンを更新（正常にならなければ元に戻す） / Update an add-on; rolled back unless it becomes well")
public final class UpdateCommand extends KibanAction {

  @Argument(
      name = "file",
      description = "パッケージの絶対パス / Absolute path of the package",
      required = true)
  @Completion(FileCompleter.class)
  private String file;

  @Option(name = "--dry-run", description = "計画だけ表示 / Show the plan only")
  private boolean dryRun;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Addons addons;

  @Override
  protected void run(Terminal terminal) {
    if (dryRun) {
      new PlanScreen(terminal, json).print(addons.plan(Path.of(file)));
      return;
    }
    Progress progress = new Progress(terminal, json);
    progress.done(addons.put(Operation.UPDATE, Path.of(file), progress));
  }
}
