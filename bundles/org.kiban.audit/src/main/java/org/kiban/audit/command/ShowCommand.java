package org.kiban.audit.command;

import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.audit.AuditLedger;
import org.kiban.audit.AuditMessage;
import org.kiban.audit.Entry;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code audit:show}: one entry with all that is kept of it. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "audit", name = "show", description = "監査記録一件の詳細 / One entry in detail")
public final class ShowCommand extends KibanAction {

  @Argument(name = "position", description = "番号 / Position", required = true)
  private long position;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private AuditLedger ledger;

  @Override
  protected void run(Terminal terminal) {
    Entry entry =
        ledger
            .find(position)
            .orElseThrow(() -> new KibanException(Outcome.USAGE, AuditMessage.NO_ENTRY, position));
    String about = entry.act().municipality();
    require(about.isEmpty() ? null : about);
    if (json) {
      terminal.json(entry);
      return;
    }
    terminal.table(ListCommand.COLUMNS, List.of(entry));
    entry.act().details().forEach(d -> terminal.out().println("  " + d));
    terminal.out().println(entry.trust().name().toLowerCase(Locale.ROOT) + "  " + entry.hash());
  }
}
