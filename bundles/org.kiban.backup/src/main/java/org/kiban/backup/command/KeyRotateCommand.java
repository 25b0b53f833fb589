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
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code backup:key-rotate}: replaces a password at every place. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "backup",
    name = "key-rotate",
    description = "パスワードを、すべての保存先で新しいものに替える / Replace a password at every place")
public final class KeyRotateCommand extends KibanAction {

  @Argument(
      name = "code",
      description = "団体コードか node / Local government code, or node",
      required = true)
  @Completion(OwnerCompleter.class)
  private String code;

  @Argument(
      index = 1,
      name = "old",
      description = "いまのパスワードのファイル(0600) / File with the password of now, mode 0600",
      required = true)
  private String before;

  @Argument(
      index = 2,
      name = "new",
      description = "新しいパスワードのファイル(0600) / File with the new password, mode 0600",
      required = true)
  private String after;

  @Reference private Backups backups;

  @Override
  protected void run(Terminal terminal) throws Exception {
    backups
        .of(code)
        .vault()
        .rotateKey(PasswordFile.read(Path.of(before)), PasswordFile.read(Path.of(after)))
        .forEach((place, id) -> terminal.out().println("+ " + id.brief() + "  " + place));
  }
}
