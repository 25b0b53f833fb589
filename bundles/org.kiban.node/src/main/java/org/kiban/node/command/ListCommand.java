package org.kiban.node.command;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.core.KibanException;
import org.kiban.node.config.Registry;
import org.kiban.node.status.CapabilityStatus;
import org.kiban.node.status.MunicipalityStatus;
import org.kiban.node.status.NodeView;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** {@code municipality:list}: those of this node, and the files that were refused. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "municipality",
    name = "list",
    description = "団体の一覧と、拒否された設定ファイル / Municipalities, and files that were refused")
public final class ListCommand extends KibanAction {

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private NodeView view;
  @Reference private Registry registry;

  @Override
  protected void run(Terminal terminal) {
    List<MunicipalityStatus> all = view.municipalities(terminal.locale());
    if (json) {
      terminal.json(all);
      return;
    }
    terminal.table(
        List.of(
            new Column<>("コード", "Code", MunicipalityStatus::code),
            new Column<>("団体名", "Name", MunicipalityStatus::name),
            new Column<>("設置場所", "Site", m -> m.site().name().toLowerCase(Locale.ROOT)),
            new Column<>("環境", "Environment", m -> m.environment().name().toLowerCase(Locale.ROOT)),
            new Column<>("状態", "State", m -> state(terminal, m)),
            new Column<>("機能", "Capabilities", ListCommand::capabilities)),
        all);
    for (KibanException problem : registry.desired().problems().values()) {
      terminal.out().println("! " + problem.describe(terminal.locale()));
    }
  }

  private static String capabilities(MunicipalityStatus municipality) {
    return municipality.capabilities().stream()
        .map(CapabilityStatus::name)
        .collect(Collectors.joining(", "));
  }

  private static String state(Terminal terminal, MunicipalityStatus municipality) {
    if (!municipality.enabled()) {
      return terminal.text("停止", "off");
    }
    long bad = municipality.capabilities().stream().filter(c -> c.state().isBad()).count();
    return bad == 0
        ? terminal.text("正常", "well")
        : terminal.text(bad + " 件が異常または起動中", bad + " failed or starting");
  }
}
