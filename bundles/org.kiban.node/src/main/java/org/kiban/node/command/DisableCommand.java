package org.kiban.node.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.node.edit.Await;
import org.kiban.node.edit.MunicipalityEditor;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code municipality:disable}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "municipality",
    name = "disable",
    description =
        "団体、または団体の機能を停止する（データは残る） / Switch a municipality or one of its capabilities off; its data stays")
public final class DisableCommand extends KibanAction {

  @Argument(name = "code", description = "全国地方公共団体コード / Local government code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String code;

  @Argument(index = 1, name = "capability", description = "機能名 / Capability")
  @Completion(CapabilityCompleter.class)
  private String capability;

  @Option(name = "--dry-run", description = "変更を表示するだけ / Only show what would change")
  private boolean dryRun;

  @Reference private MunicipalityEditor editor;
  @Reference private Await await;

  @Override
  protected void run(Terminal terminal) throws InterruptedException {
    new ChangeScreen(terminal, editor, await).make(code, editor.disable(code, capability), dryRun);
  }
}
