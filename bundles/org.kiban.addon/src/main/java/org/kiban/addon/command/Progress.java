package org.kiban.addon.command;

import java.util.List;
import java.util.function.Consumer;
import org.kiban.addon.swap.Entry;
import org.kiban.addon.swap.Step;
import org.kiban.shell.Terminal;

/** Shows each step as it is reached, with the time it took; nothing of that as JSON. */
final class Progress implements Consumer<Step> {

  private final Terminal terminal;
  private final boolean json;
  private final long began = System.nanoTime();

  Progress(Terminal terminal, boolean json) {
    this.terminal = terminal;
    this.json = json;
  }

  @Override
  public void accept(Step step) {
    if (!json) {
      double seconds = (System.nanoTime() - began) / 1e9;
      terminal.out().printf("  %5.1f s  %s%n", seconds, terminal.text(step));
      terminal.out().flush();
    }
  }

  void done(Entry entry) {
    if (json) {
      terminal.json(entry);
      return;
    }
    String versions =
        String.join(
            " → ", List.of(entry.from(), entry.to()).stream().filter(v -> !v.isEmpty()).toList());
    terminal.out().println(entry.id() + " " + versions);
    entry
        .leftovers()
        .forEach(l -> terminal.out().println("! " + terminal.text("残ったもの: ", "left: ") + l));
  }
}
