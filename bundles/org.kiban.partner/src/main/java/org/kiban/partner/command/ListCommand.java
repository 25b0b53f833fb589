package org.kiban.partner.command;

import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.core.KibanException;
import org.kiban.core.Municipalities;
import org.kiban.core.Municipality;
import org.kiban.core.Partner;
import org.kiban.partner.PartnerRegistry;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** {@code partner:list}: a municipality's business systems, and entries that were refused. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "partner",
    name = "list",
    description = "連携先の業務システムの一覧と、拒否された記述 / Business systems, and entries that were refused")
public final class ListCommand extends KibanAction {

  @Argument(name = "code", description = "全国地方公共団体コード / Local government code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String code;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private PartnerRegistry registry;
  @Reference private Municipalities municipalities;

  @Override
  protected void run(Terminal terminal) {
    Municipality municipality = municipalities.require(code);
    List<Partner> partners = registry.all(municipality.code());
    if (json) {
      terminal.json(partners);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("ID", "Id", Partner::id),
            new Column<>("名称", "Name", Partner::name),
            new Column<>("事業者", "Vendor", Partner::vendor),
            new Column<>("環境", "Environment", p -> p.environment().name().toLowerCase(Locale.ROOT)),
            new Column<>("ゾーン", "Zone", Partner::zone),
            new Column<>("接続先", "Endpoints", p -> String.join(", ", p.endpoints().keySet()))),
        partners);
    for (KibanException problem : registry.problems(municipality)) {
      terminal.out().println("! " + problem.describe(terminal.locale()));
    }
  }
}
