package org.kiban.update.command;

import java.util.List;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;
import org.kiban.update.Note;
import org.kiban.update.UpdateCode;

/**
 * Shows entries of the history.
 *
 * @param terminal where
 */
record NoteTable(Terminal terminal) {

  void print(List<Note> notes) {
    terminal.table(
        List.of(
            new Column<>("日時", "At", Note::at),
            new Column<>("何を", "What", n -> terminal.text(n.what().japanese(), n.what().english())),
            new Column<>("誰が", "Who", Note::who),
            new Column<>("対象", "Id", Note::id),
            new Column<>("前の版", "From", Note::from),
            new Column<>("後の版", "To", Note::to),
            new Column<>("詳細", "Detail", Note::detail)),
        notes);
  }

  /** Gives the command its exit status: some of what was tried was not kept. */
  static void requireKept(List<Note> notes) {
    long kept = notes.stream().filter(n -> n.what() == Note.What.KEPT).count();
    notes.stream()
        .filter(n -> n.what() != Note.What.KEPT)
        .findFirst()
        .ifPresent(
            n -> {
              throw new KibanException(
                  kept > 0 ? Outcome.PARTIAL : Outcome.FAILED,
                  UpdateCode.RETURNED,
                  n.id() + "-" + n.to(),
                  n.detail());
            });
  }
}
