package org.kiban.route.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code route:start}: starts what was stopped or drained. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "route", name = "start", description = "ルートの開始 / start a route")
public final class StartCommand extends KibanAction {

  @Reference private Desks desks;

  @Argument(name = "municipality", description = "団体コード / municipality code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String municipality;

  @Argument(index = 1, name = "name", description = "ルート名 / name of the route", required = true)
  @Completion(NameCompleter.class)
  private String name;

  @Override
  protected void run(Terminal terminal) {
    Columns.show(terminal, desks.of(municipality).start(name, Desks.progress(terminal)));
  }
}
