package org.kiban.backup.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.backup.Backups;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code backup:create}: makes an empty repository. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "backup", name = "create", description = "空のリポジトリを作る / Make an empty repository")
public final class CreateCommand extends KibanAction {

  @Argument(
      name = "code",
      description = "団体コードか node / Local government code, or node",
      required = true)
  @Completion(OwnerCompleter.class)
  private String code;

  @Reference private Backups backups;

  @Override
  protected void run(Terminal terminal) throws Exception {
    backups.of(code).vault().create().forEach(place -> terminal.out().println("+ " + place));
  }
}
