package org.kiban.backup.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.backup.BackupAgent.Access;
import org.kiban.backup.Backups;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.Keyring;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code backup:key-remove}: removes a password. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "backup", name = "key-remove", description = "パスワードを取り除く / Remove a password")
public final class KeyRemoveCommand extends KibanAction {

  @Argument(
      name = "code",
      description = "団体コードか node / Local government code, or node",
      required = true)
  @Completion(OwnerCompleter.class)
  private String code;

  @Argument(
      index = 1,
      name = "id",
      description = "鍵の ID(先頭数桁) / The beginning of the key's id",
      required = true)
  private String id;

  @Reference private Backups backups;

  @Override
  protected void run(Terminal terminal) throws Exception {
    Id removed = backups.of(code).run(Access.REMOVAL, r -> new Keyring(r).remove(id));
    terminal.out().println("- " + removed.brief());
  }
}
