package org.kiban.addon.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.addon.swap.Operation;
import org.kiban.shell.OptionsAnywhere;

/** {@code addon:update}: replaces an add-on by another version. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "addon",
    name = "update",
    description = "アドオンを更新（正常にならなければ元に戻す） / Update an add-on; rolled back unless it becomes well")
public final class UpdateCommand extends PutCommand {

  /** For the shell. */
  public UpdateCommand() {
    super(Operation.UPDATE);
  }
}
