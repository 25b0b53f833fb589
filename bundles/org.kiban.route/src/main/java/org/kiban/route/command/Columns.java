package org.kiban.route.command;

import java.util.List;
import org.kiban.route.api.RouteProblem;
import org.kiban.route.api.RouteState;
import org.kiban.route.api.RouteView;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** How routes look on a screen. */
final class Columns {

  private Columns() {}

  static List<Column<RouteView>> routes(Terminal terminal) {
    return List.of(
        new Column<RouteView>("ルート", "Route", RouteView::name),
        new Column<RouteView>("版", "Version", r -> r.number() + " " + r.version()),
        new Column<RouteView>("状態", "State", r -> state(terminal, r)),
        new Column<RouteView>("処理中", "In flight", RouteView::inFlight),
        new Column<RouteView>("完了", "Done", RouteView::completed),
        new Column<RouteView>("毎分", "Per minute", RouteView::throughput),
        new Column<RouteView>("保管", "Kept", RouteView::kept),
        new Column<RouteView>("最後のエラー", "Last error", RouteView::lastError));
  }

  private static String state(Terminal terminal, RouteView route) {
    String word = word(terminal, route.state());
    return route.state() == RouteState.DRAINING ? word + " " + route.inFlight() : word;
  }

  static String word(Terminal terminal, RouteState state) {
    return switch (state) {
      case CHECKED -> terminal.text("検査済み", "checked");
      case STARTING -> terminal.text("開始中", "starting");
      case RUNNING -> terminal.text("動作中", "running");
      case DRAINING -> terminal.text("排出中", "draining");
      case STOPPED -> terminal.text("停止", "stopped");
      case FAILED -> terminal.text("失敗", "failed");
      case REFUSED -> terminal.text("拒否", "refused");
    };
  }

  /** One route with what is wrong with it. */
  static void show(Terminal terminal, RouteView route) {
    terminal.table(routes(terminal), List.of(route));
    problems(terminal, route.problems());
  }

  static void problems(Terminal terminal, List<RouteProblem> problems) {
    for (RouteProblem p : problems) {
      terminal.out().println(p.code() + ": " + terminal.text(p.reasonJa(), p.reason()));
    }
  }
}
