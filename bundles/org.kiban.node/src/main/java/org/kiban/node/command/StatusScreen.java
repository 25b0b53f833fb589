package org.kiban.node.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.kiban.core.Readiness;
import org.kiban.node.status.CapabilityState;
import org.kiban.node.status.CapabilityStatus;
import org.kiban.node.status.MunicipalityStatus;
import org.kiban.node.status.NodeStatus;
import org.kiban.shell.Terminal;

/** The node's status on ten lines, so that two more are left for the error of one not ready. */
final class StatusScreen {

  private static final int MUNICIPALITIES = 4;
  private static final int PROBLEMS = 3;

  private final Terminal terminal;

  StatusScreen(Terminal terminal) {
    this.terminal = terminal;
  }

  static String word(Terminal terminal, Readiness.State state) {
    return switch (state) {
      case READY -> terminal.text("準備完了", "ready");
      case STARTING -> terminal.text("起動中", "starting");
      case DEGRADED -> terminal.text("一部異常", "degraded");
    };
  }

  void print(NodeStatus status) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Kiban %s%s  %s  %s  %s %s"
            .formatted(
                status.version(),
                status.trial() ? terminal.text("（試行中）", " (on trial)") : "",
                status.node(),
                word(terminal, status.state()),
                terminal.text("稼働", "up"),
                duration(status.uptimeSeconds())));
    lines.add(
        status.levels().stream()
            .map(l -> (l.reached() ? "● " : "○ ") + l.name())
            .collect(Collectors.joining("  ")));
    shorten(lines, status.municipalities().stream().map(this::line).toList(), MUNICIPALITIES);
    if (status.municipalities().isEmpty()) {
      lines.add(
          terminal.text(
              "団体なし。municipality:enable <コード> で始めます",
              "no municipality; begin with municipality:enable <code>"));
    }
    shorten(lines, status.problems().stream().map(p -> "! " + p).toList(), PROBLEMS);
    lines.forEach(terminal.out()::println);
  }

  /** Adds at most so many lines; the last says how many more there are. */
  private void shorten(List<String> lines, List<String> more, int limit) {
    if (more.size() <= limit) {
      lines.addAll(more);
    } else {
      lines.addAll(more.subList(0, limit - 1));
      int left = more.size() - limit + 1;
      lines.add(terminal.text("  ほか " + left + " 件", "  and " + left + " more"));
    }
  }

  private String line(MunicipalityStatus municipality) {
    return "%s %s  %s"
        .formatted(
            municipality.code(),
            municipality.name(),
            municipality.enabled()
                ? municipality.capabilities().stream()
                    .map(this::brief)
                    .collect(Collectors.joining(", "))
                : terminal.text("停止", "off"));
  }

  private String brief(CapabilityStatus capability) {
    return capability.state() == CapabilityState.RUNNING
        ? capability.name()
        : capability.name() + "=" + word(terminal, capability.state());
  }

  static String word(Terminal terminal, CapabilityState state) {
    return terminal.text(state);
  }

  private static String duration(long seconds) {
    long days = seconds / 86_400;
    String time = "%d:%02d:%02d".formatted(seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    return days == 0 ? time : days + "d " + time;
  }
}
