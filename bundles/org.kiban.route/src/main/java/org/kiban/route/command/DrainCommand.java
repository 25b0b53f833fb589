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

/** {@code route:drain}: ends the intake and waits until nothing is in flight. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "route", name = "drain", description = "ルートの排出 / drain a route")
public final class DrainCommand extends KibanAction {

  @Reference private Desks desks;

  @Argument(name = "municipality", description = "団体コード / municipality code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String municipality;

  @Argument(index = 1, name = "name", description = "ルート名 / name of the route", required = true)
  @Completion(NameCompleter.class)
  private String name;

  @Override
  protected void run(Terminal terminal) {
    Columns.show(terminal, desks.of(municipality).drain(name, Desks.progress(terminal)));
  }
}
