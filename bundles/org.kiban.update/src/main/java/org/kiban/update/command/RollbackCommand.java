package org.kiban.update.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.update.Note;
import org.kiban.update.Updates;

/** {@code update:rollback}: goes back. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "update",
    name = "rollback",
    description = "最後の更新を取り消し、前の版に戻す / Take the last update of something back")
public final class RollbackCommand extends KibanAction {

  @Argument(name = "id", description = "更新したもの / What was updated", required = true)
  @Completion(UndoCompleter.class)
  private String id;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Updates updates;

  @Override
  protected void run(Terminal terminal) {
    Note note =
        updates.ask(
            desk ->
                desk.rollBack(
                    id,
                    user(),
                    step -> {
                      if (!json) {
                        terminal.out().println("  " + step);
                        terminal.out().flush();
                      }
                    }));
    if (json) {
      terminal.json(note);
    } else {
      new NoteTable(terminal).print(List.of(note));
    }
  }
}
