package org.kiban.node.command;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.node.NodeMessages;
import org.kiban.node.config.Registry;
import org.kiban.node.edit.Await;
import org.kiban.node.edit.Change;
import org.kiban.node.edit.MunicipalityEditor;
import org.kiban.node.status.CapabilityState;
import org.kiban.node.status.CapabilityStatus;
import org.kiban.node.status.MunicipalityStatus;
import org.kiban.shell.Terminal;

/** Shows a change, makes it, and shows how the node follows. */
final class ChangeScreen {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Terminal terminal;
  private final MunicipalityEditor editor;
  private final Await await;

  ChangeScreen(Terminal terminal, MunicipalityEditor editor, Await await) {
    this.terminal = terminal;
    this.editor = editor;
    this.await = await;
  }

  void make(String code, Change change, boolean dryRun) throws InterruptedException {
    showDifference(change);
    if (dryRun) {
      return;
    }
    if (!change.isEmpty()) {
      editor.apply(change);
    }
    MunicipalityStatus status =
        await.settled(Registry.parse(code), PATIENCE, terminal.locale(), this::progress);
    List<CapabilityStatus> failed =
        status.capabilities().stream().filter(c -> c.state() == CapabilityState.FAILED).toList();
    if (!failed.isEmpty()) {
      CapabilityStatus first = failed.get(0);
      throw new KibanException(
          Outcome.PARTIAL,
          NodeMessages.CAPABILITY_FAILED,
          failed.stream().map(CapabilityStatus::name).collect(Collectors.joining(", ")),
          status.code(),
          first.reason());
    }
    terminal.out().println(terminal.text("完了", "done"));
  }

  private void showDifference(Change change) {
    if (change.isEmpty()) {
      terminal.out().println(terminal.text("ファイルの変更はありません", "the file stays as it is"));
      return;
    }
    terminal.out().println("etc/" + change.file().getFileName());
    List<String> before = change.before().lines().toList();
    List<String> after = change.after().lines().toList();
    before.stream().filter(l -> !after.contains(l)).forEach(l -> terminal.out().println("- " + l));
    after.stream().filter(l -> !before.contains(l)).forEach(l -> terminal.out().println("+ " + l));
  }

  private void progress(List<CapabilityStatus> capabilities) {
    terminal
        .out()
        .println(
            "  "
                + capabilities.stream()
                    .map(c -> c.name() + "=" + StatusScreen.word(terminal, c.state()))
                    .collect(Collectors.joining(", ")));
    terminal.out().flush();
  }
}
