package org.kiban.partner.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.core.Municipalities;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Partner;
import org.kiban.partner.PartnerRegistry;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** {@code partner:show}: one business system, where it is reached and what uses it. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "partner",
    name = "show",
    description = "連携先一つの詳細と、それを使うもの / One business system and what uses it")
public final class ShowCommand extends KibanAction {

  @Argument(name = "code", description = "全国地方公共団体コード / Local government code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String code;

  @Argument(
      index = 1,
      name = "id",
      description = "業務ID または 3 文字の ID / Id of the business system",
      required = true)
  @Completion(IdCompleter.class)
  private String id;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private PartnerRegistry registry;
  @Reference private Municipalities municipalities;

  /** What {@code --json} prints. */
  private record Shown(Partner partner, List<String> usedBy) {}

  @Override
  protected void run(Terminal terminal) {
    MunicipalityCode municipality = municipalities.require(code).code();
    Partner partner = registry.require(municipality, id);
    List<String> users = registry.users(municipality, id);
    if (json) {
      terminal.json(new Shown(partner, users));
      return;
    }
    terminal
        .out()
        .printf(
            "%s %s  %s  %s  %s%n",
            partner.id(),
            partner.name(),
            partner.vendor(),
            partner.environment().name().toLowerCase(Locale.ROOT),
            partner.zone());
    terminal.table(
        List.of(
            new Column<Map.Entry<String, String>>("接続先", "Endpoint", Map.Entry::getKey),
            new Column<Map.Entry<String, String>>("アドレス", "Address", Map.Entry::getValue)),
        List.copyOf(partner.endpoints().entrySet()));
    if (!users.isEmpty()) {
      terminal.out().println(terminal.text("使用中: ", "used by: ") + String.join(", ", users));
    }
  }
}
