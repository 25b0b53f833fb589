package org.kiban.security.command;

import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.kiban.core.KibanException;
import org.kiban.core.Municipalities;
import org.kiban.core.Outcome;
import org.kiban.core.keys.NodeSecrets;
import org.kiban.core.keys.Secrets;
import org.kiban.security.SecurityMessage;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code secret:create}: stores a secret; its value is never an argument. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "secret",
    name = "create",
    description =
        "秘密情報を登録する（値はプロンプトかファイル） / Store a secret; its value comes from a prompt or a file")
public final class CreateCommand extends KibanAction {

  @Argument(
      name = "code",
      description = "団体コードか node / Local government code, or node",
      required = true)
  @Completion(HolderCompleter.class)
  private String code;

  @Argument(index = 1, name = "name", description = "名前 / Name", required = true)
  private String name;

  @Option(name = "--replace", description = "登録済みの値を置き換える / Replace the value that is there")
  private boolean replace;

  @Option(name = "--file", description = "値を読むファイル / A file that holds the value")
  private String file;

  @Reference private Municipalities municipalities;
  @Reference private Secrets secrets;
  @Reference private NodeSecrets ofNode;
  @Reference private Session console;

  @Override
  protected void run(Terminal terminal) throws Exception {
    Held held = Held.by(code, municipalities, secrets, ofNode);
    if (!replace && held.names().contains(name)) {
      throw new KibanException(Outcome.REFUSED, SecurityMessage.SECRET_THERE, code, name);
    }
    held.put(
        name,
        file == null
            ? Typed.secret(console, terminal.text("値: ", "value: "))
            : Typed.inFile(Path.of(file)));
    terminal.out().println("+ " + name);
  }
}
