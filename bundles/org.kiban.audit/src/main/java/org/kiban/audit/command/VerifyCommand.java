package org.kiban.audit.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.audit.AuditLedger;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code audit:verify}: walks the whole chain. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "audit",
    name = "verify",
    description = "監査記録の連鎖を検査する / Check the chain of the records")
public final class VerifyCommand extends KibanAction {

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private AuditLedger ledger;

  @Override
  protected void run(Terminal terminal) {
    ChainScreen.show(terminal, ledger.verify(), json);
  }
}
