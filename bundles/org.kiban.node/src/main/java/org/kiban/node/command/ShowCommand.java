package org.kiban.node.command;

import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.node.config.Registry;
import org.kiban.node.status.CapabilityStatus;
import org.kiban.node.status.MunicipalityStatus;
import org.kiban.node.status.NodeView;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** {@code municipality:show}: one municipality with the state of each capability. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "municipality",
    name = "show",
    description = "団体の設定と機能ごとの状態 / One municipality and the state of each capability")
public final class ShowCommand extends KibanAction {

  @Argument(name = "code", description = "全国地方公共団体コード / Local government code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String code;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private NodeView view;

  @Override
  protected void run(Terminal terminal) {
    MunicipalityStatus municipality = view.municipality(Registry.parse(code), terminal.locale());
    if (json) {
      terminal.json(municipality);
      return;
    }
    terminal
        .out()
        .printf(
            "%s %s  %s  %s  etc/%s%n",
            municipality.code(),
            municipality.name(),
            municipality.site().name().toLowerCase(Locale.ROOT),
            municipality.environment().name().toLowerCase(Locale.ROOT),
            municipality.file());
    if (!municipality.problem().isEmpty()) {
      terminal.out().println("! " + municipality.problem());
    }
    table(terminal, municipality.capabilities());
  }

  static void table(Terminal terminal, List<CapabilityStatus> capabilities) {
    terminal.table(
        List.of(
            new Column<>("機能", "Capability", CapabilityStatus::name),
            new Column<>("名称", "Name", c -> terminal.text(c.japanese(), c.english())),
            new Column<>("状態", "State", c -> StatusScreen.word(terminal, c.state())),
            new Column<>("理由", "Reason", CapabilityStatus::reason)),
        capabilities);
  }
}
