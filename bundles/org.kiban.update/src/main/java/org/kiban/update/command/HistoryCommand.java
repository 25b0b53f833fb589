package org.kiban.update.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.update.Desk;
import org.kiban.update.Note;
import org.kiban.update.Updates;

/** {@code update:history}: what happened. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "update",
    name = "history",
    description = "取り込み・承認・適用の記録（新しい順） / What was imported, approved and applied, newest first")
public final class HistoryCommand extends KibanAction {

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Updates updates;

  @Override
  protected void run(Terminal terminal) {
    List<Note> notes = updates.ask(Desk::history);
    if (json) {
      terminal.json(notes);
    } else {
      new NoteTable(terminal).print(notes);
    }
  }
}
