package org.kiban.security.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.core.Municipalities;
import org.kiban.core.keys.NodeSecrets;
import org.kiban.core.keys.Secrets;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code secret:list}: shows the names of secrets, never a value. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "secret",
    name = "list",
    description = "秘密情報の名前を一覧する（値は表示しない） / List the names of secrets, never a value")
public final class ListCommand extends KibanAction {

  @Argument(
      name = "code",
      description = "団体コードか node / Local government code, or node",
      required = true)
  @Completion(HolderCompleter.class)
  private String code;

  @Option(name = "--json", description = "JSON で出力する / Print JSON")
  private boolean json;

  @Reference private Municipalities municipalities;
  @Reference private Secrets secrets;
  @Reference private NodeSecrets ofNode;

  @Override
  protected void run(Terminal terminal) {
    List<String> names = Held.by(code, municipalities, secrets, ofNode).names();
    if (json) {
      terminal.json(names);
    } else {
      terminal.table(List.of(new Terminal.Column<String>("名前", "Name", n -> n)), names);
    }
  }
}
