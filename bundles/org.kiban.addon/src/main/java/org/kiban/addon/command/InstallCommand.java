package org.kiban.addon.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.addon.swap.Operation;
import org.kiban.shell.OptionsAnywhere;

/** {@code addon:install}: puts an add-on in. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "addon",
    name = "install",
    description = "アドオンを導入（正常にならなければ元に戻す） / Install an add-on; rolled back unless it becomes well")
public final class InstallCommand extends PutCommand {

  /** For the shell. */
  public InstallCommand() {
    super(Operation.INSTALL);
  }
}
