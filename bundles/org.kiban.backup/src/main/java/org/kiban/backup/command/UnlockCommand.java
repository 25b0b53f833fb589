package org.kiban.backup.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.backup.BackupAgent.Access;
import org.kiban.backup.Backups;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code backup:unlock}: removes locks of those who are gone. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "backup",
    name = "unlock",
    description = "残されたロックを外す / Remove locks of those who are gone")
public final class UnlockCommand extends KibanAction {

  @Argument(
      name = "code",
      description = "団体コードか node / Local government code, or node",
      required = true)
  @Completion(OwnerCompleter.class)
  private String code;

  @Option(name = "--all", description = "使用中のものも外す / Also locks that are in use")
  private boolean all;

  @Reference private Backups backups;

  @Override
  protected void run(Terminal terminal) throws Exception {
    int removed = backups.of(code).run(Access.LOOK, r -> r.unlock(all));
    terminal.out().println("- " + removed);
  }
}
