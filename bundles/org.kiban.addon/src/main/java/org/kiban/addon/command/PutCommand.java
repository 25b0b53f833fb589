package org.kiban.addon.command;

import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.kiban.addon.swap.Addons;
import org.kiban.addon.swap.Operation;
import org.kiban.shell.KibanAction;
import org.kiban.shell.Terminal;

/** What {@code addon:install} and {@code addon:update} have in common: all but their name. */
abstract class PutCommand extends KibanAction {

  private final Operation operation;

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

  PutCommand(Operation operation) {
    this.operation = operation;
  }

  @Override
  protected void run(Terminal terminal) {
    if (dryRun) {
      new PlanScreen(terminal, json).print(addons.plan(Path.of(file)));
      return;
    }
    Progress progress = new Progress(terminal, json);
    progress.done(addons.put(operation, Path.of(file), progress));
  }
}
