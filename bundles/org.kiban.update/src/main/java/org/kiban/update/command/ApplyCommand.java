package org.kiban.update.command;

import java.util.List;
import java.util.Optional;
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

/** {@code update:apply}: applies what is due. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "update",
    name = "apply",
    description = "適用できる更新を適用する / Apply the updates that are due")
public final class ApplyCommand extends KibanAction {

  @Argument(
      name = "update",
      description = "更新の名前（省略するとすべて） / The name of an update; without it all that are due")
  @Completion(ItemCompleter.class)
  private String name;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Updates updates;

  @Override
  protected void run(Terminal terminal) {
    List<Note> notes =
        updates.ask(
            desk ->
                desk.apply(
                    Optional.ofNullable(name),
                    user(),
                    (update, step) -> {
                      if (!json) {
                        terminal.out().println("  " + update + ": " + step);
                        terminal.out().flush();
                      }
                    }));
    if (json) {
      terminal.json(notes);
    } else {
      new NoteTable(terminal).print(notes);
    }
    NoteTable.requireKept(notes);
  }
}
