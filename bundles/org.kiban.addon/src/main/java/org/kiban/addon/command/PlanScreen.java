package org.kiban.addon.command;

import java.util.List;
import java.util.Locale;
import org.kiban.addon.pack.Permissions;
import org.kiban.addon.swap.Operation;
import org.kiban.addon.swap.Plan;
import org.kiban.core.KibanException;
import org.kiban.shell.Terminal;

/** Shows a plan; one that is refused ends the command with its first reason. */
final class PlanScreen {

  private final Terminal terminal;
  private final boolean json;

  PlanScreen(Terminal terminal, boolean json) {
    this.terminal = terminal;
    this.json = json;
  }

  /** A problem as {@code --json} prints it. */
  private record Problem(String code, String text) {}

  /** What {@code --json} prints. */
  private record Shown(
      Operation operation,
      String id,
      String from,
      String to,
      String vendor,
      String keyId,
      Permissions permissions,
      List<String> installs,
      List<String> removes,
      List<String> keeps,
      List<String> restarts,
      List<String> routes,
      long pauseMillis,
      List<Problem> problems) {}

  void print(Plan plan) {
    if (json) {
      terminal.json(shown(plan));
    } else {
      lines(plan);
    }
    plan.require();
  }

  private Shown shown(Plan plan) {
    return new Shown(
        plan.operation(),
        plan.id(),
        plan.from(),
        plan.to(),
        plan.vendor(),
        plan.keyId(),
        plan.permissions(),
        plan.installs(),
        plan.removes(),
        plan.keeps(),
        plan.restarts(),
        plan.routes(),
        plan.pauseMillis(),
        plan.problems().stream().map(this::problem).toList());
  }

  private Problem problem(KibanException problem) {
    return new Problem(problem.code().code(), problem.text(terminal.locale()));
  }

  private void lines(Plan plan) {
    terminal
        .out()
        .printf(
            "%s %s  %s  %s%n",
            plan.operation().name().toLowerCase(Locale.ROOT),
            plan.id(),
            (plan.from() + " → " + plan.to()).strip(),
            terminal.text(plan.nameJa(), plan.nameEn()));
    line(terminal, "署名", "signed by", plan.vendor() + ", " + plan.keyId());
    permissions(terminal, plan.permissions());
    line(terminal, "入るバンドル", "bundles in", String.join(", ", plan.installs()));
    line(terminal, "出るバンドル", "bundles out", String.join(", ", plan.removes()));
    line(terminal, "そのままのバンドル", "bundles kept", String.join(", ", plan.keeps()));
    line(terminal, "再起動する本体", "node's own that would restart", String.join(", ", plan.restarts()));
    line(terminal, "影響するルート", "routes touched", String.join(", ", plan.routes()));
    line(terminal, "停止の見込み", "expected pause", plan.pauseMillis() + " ms");
    // The first one ends the command; the others would not be seen.
    plan.problems().stream()
        .skip(1)
        .forEach(p -> terminal.out().println("! " + p.describe(terminal.locale())));
  }

  static void permissions(Terminal terminal, Permissions permissions) {
    line(terminal, "設定 (PID)", "configurations", String.join(", ", permissions.pids()));
    line(terminal, "ポート", "ports", String.join(", ", permissions.ports()));
    line(terminal, "アドレス", "addresses", String.join(", ", permissions.addresses()));
    line(terminal, "フォルダ", "folders", String.join(", ", permissions.folders()));
    line(terminal, "必要な機能", "capabilities", String.join(", ", permissions.capabilities()));
  }

  static void line(Terminal terminal, String japanese, String english, String value) {
    terminal
        .out()
        .println("  " + terminal.text(japanese, english) + ": " + (value.isEmpty() ? "-" : value));
  }
}
