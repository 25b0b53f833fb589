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
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code municipality:enable}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "municipality",
    name = "enable",
    description =
        "団体、または団体の機能を有効にする（ファイルがなければ見本 etc/samples/ から始める） / Switch a municipality or one more capability on; begins with the sample if there is no file")
public final class EnableCommand extends KibanAction {

  @Argument(name = "code", description = "全国地方公共団体コード / Local government code", required = true)
  @Completion(SampleCompleter.class)
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
    new ChangeScreen(terminal, editor, await).make(code, editor.enable(code, capability), dryRun);
  }
}
