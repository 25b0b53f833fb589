package org.kiban.exchange.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code exchange:discard}: gives up what is owed to consumers that no declaration names. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "exchange",
    name = "discard",
    description = "行き先を失った配信の取りやめ / give up what is owed to consumers no longer declared")
public final class DiscardCommand extends KibanAction {

  @Reference private Exchanges exchanges;

  @Argument(name = "municipality", description = "団体コード / municipality code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String municipality;

  @Argument(
      index = 1,
      name = "deliveries",
      description = "配信番号 / delivery numbers",
      required = true,
      multiValued = true)
  private List<Long> deliveries;

  @Option(name = "--dry-run", description = "確認だけして取りやめない / Check, but give nothing up")
  private boolean dryRun;

  @Override
  protected void run(Terminal terminal) {
    terminal.table(Columns.DELIVERIES, exchanges.of(municipality).discard(deliveries, dryRun));
  }
}
