package org.kiban.route.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.kiban.route.api.RouteView;
import org.kiban.route.api.Routes;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code route:deploy}: checks a file, puts it into the folder and waits until it runs. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "route", name = "deploy", description = "ルートの配備 / deploy a route")
public final class DeployCommand extends KibanAction {

  @Reference private Desks desks;

  @Argument(name = "municipality", description = "団体コード / municipality code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String municipality;

  @Argument(index = 1, name = "file", description = "ルートファイル / route file", required = true)
  @Completion(FileCompleter.class)
  private String file;

  @Option(name = "--dry-run", description = "検査だけ行う / only check")
  private boolean dryRun;

  @Override
  protected void run(Terminal terminal) {
    Routes routes = desks.of(municipality);
    byte[] content = Disk.read(file);
    if (dryRun) {
      CheckCommand.print(terminal, Disk.name(file), routes.check(Disk.name(file), content));
      return;
    }
    RouteView route = routes.deploy(Disk.name(file), content, Desks.progress(terminal));
    terminal.table(Columns.routes(terminal), List.of(route));
  }
}
