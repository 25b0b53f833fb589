package org.kiban.backup.command;

import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.backup.Backups;
import org.kiban.backup.PasswordFile;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.Repository;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code backup:key-add}: adds a password, for recovery without this node. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "backup",
    name = "key-add",
    description = "パスワードを加える(このノードなしでの復旧用) / Add a password, for recovery without this node")
public final class KeyAddCommand extends KibanAction {

  @Argument(
      name = "code",
      description = "団体コードか node / Local government code, or node",
      required = true)
  @Completion(OwnerCompleter.class)
  private String code;

  @Argument(
      index = 1,
      name = "file",
      description = "パスワードを 1 行で書いたファイル(0600) / File of one line with the password, mode 0600",
      required = true)
  private String file;

  @Reference private Backups backups;

  @Override
  protected void run(Terminal terminal) throws Exception {
    Repository.Password password = PasswordFile.read(Path.of(file));
    Id id = backups.of(code).vault().addKey(password);
    terminal.out().println("+ " + id.brief());
  }
}
