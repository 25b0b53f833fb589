package org.kiban.security.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.core.KibanException;
import org.kiban.core.Municipalities;
import org.kiban.core.Outcome;
import org.kiban.core.keys.NodeSecrets;
import org.kiban.core.keys.Secrets;
import org.kiban.security.SecurityMessage;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code secret:remove}: removes a secret. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "secret", name = "remove", description = "秘密情報を削除する / Remove a secret")
public final class RemoveCommand extends KibanAction {

  @Argument(
      name = "code",
      description = "団体コードか node / Local government code, or node",
      required = true)
  @Completion(HolderCompleter.class)
  private String code;

  @Argument(index = 1, name = "name", description = "名前 / Name", required = true)
  @Completion(SecretCompleter.class)
  private String name;

  @Option(name = "--dry-run", description = "確認だけして削除しない / Check, but remove nothing")
  private boolean dryRun;

  @Reference private Municipalities municipalities;
  @Reference private Secrets secrets;
  @Reference private NodeSecrets ofNode;

  @Override
  protected void run(Terminal terminal) {
    Held held = Held.by(code, municipalities, secrets, ofNode);
    boolean there = dryRun ? held.names().contains(name) : held.remove(name);
    if (!there) {
      throw new KibanException(Outcome.USAGE, SecurityMessage.SECRET_UNKNOWN, code, name);
    }
    terminal.out().println((dryRun ? "(--dry-run) " : "") + "- " + name);
  }
}
