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
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.route.RouteMessage;
import org.kiban.route.api.RouteProblem;
import org.kiban.route.api.Routes;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code route:check}: says what is wrong with a file, without deploying it. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "route", name = "check", description = "ルートファイルの検査 / check a route file")
public final class CheckCommand extends KibanAction {

  @Reference private Desks desks;

  @Argument(name = "municipality", description = "団体コード / municipality code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String municipality;

  @Argument(index = 1, name = "file", description = "ルートファイル / route file", required = true)
  @Completion(FileCompleter.class)
  private String file;

  @Option(name = "--json", description = "JSON で出力 / print JSON")
  private boolean json;

  @Override
  protected void run(Terminal terminal) {
    Routes routes = desks.of(municipality);
    String name = Disk.name(file);
    byte[] content = Disk.read(file);
    List<RouteProblem> found = routes.check(name, content);
    if (json) {
      terminal.json(found);
    }
    print(json ? null : terminal, name, found);
    if (!json) {
      Columns.problems(terminal, routes.advise(name, content));
    }
  }

  /** Prints what was found; a wrong file is a refusal. */
  static void print(Terminal terminal, String file, List<RouteProblem> found) {
    if (terminal != null && found.isEmpty()) {
      terminal.out().println(terminal.text("問題はありません。", "Nothing is wrong."));
    } else if (terminal != null) {
      Columns.problems(terminal, found);
    }
    if (!found.isEmpty()) {
      throw new KibanException(
          Outcome.REFUSED, RouteMessage.REFUSED, file, found.get(0).code() + " …" + found.size());
    }
  }
}
