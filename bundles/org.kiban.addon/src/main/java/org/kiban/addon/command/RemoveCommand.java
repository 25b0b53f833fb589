package org.kiban.addon.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.addon.swap.Addons;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code addon:remove}: takes an add-on out. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "addon",
    name = "remove",
    description = "アドオンを取り外す（データは残す） / Take an add-on out; its data stays")
public final class RemoveCommand extends KibanAction {

  @Argument(name = "id", description = "アドオンの ID / Id of the add-on", required = true)
  @Completion(AddonCompleter.class)
  private String id;

  @Option(name = "--dry-run", description = "計画だけ表示 / Show the plan only")
  private boolean dryRun;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Addons addons;

  @Override
  protected void run(Terminal terminal) {
    if (dryRun) {
      new PlanScreen(terminal, json).print(addons.planRemoval(id));
      return;
    }
    Progress progress = new Progress(terminal, json);
    progress.done(addons.remove(id, progress));
  }
}
