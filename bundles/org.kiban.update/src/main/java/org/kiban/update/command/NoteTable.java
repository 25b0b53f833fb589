package org.kiban.update.command;

import java.util.List;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;
import org.kiban.update.Note;

/**
 * Shows entries of the history.
 *
 * @param terminal where
 */
record NoteTable(Terminal terminal) {

  private static final int LONGEST = 120;

  void print(List<Note> notes) {
    terminal.table(
        List.of(
            new Column<>("日時", "At", Note::at),
            new Column<>("何を", "What", n -> terminal.text(n.what())),
            new Column<>("誰が", "Who", Note::who),
            new Column<>("対象", "Id", Note::id),
            new Column<>("前の版", "From", Note::from),
            new Column<>("後の版", "To", Note::to),
            new Column<>("詳細", "Detail", n -> brief(n.detail()))),
        notes);
  }

  /** What came with a package can be long; {@code --json} has it all. */
  private static String brief(String detail) {
    return detail.length() <= LONGEST ? detail : detail.substring(0, LONGEST) + "…";
  }

  /** Gives the command its exit status: some of what was tried was not kept. */
  static void requireKept(List<Note> notes) {
    long kept = notes.stream().filter(n -> n.what() == Note.What.KEPT).count();
    notes.stream()
        .filter(n -> n.what() == Note.What.RETURNED)
        .findFirst()
        .ifPresent(
            n -> {
              throw new KibanException(
                  kept > 0 ? Outcome.PARTIAL : Outcome.FAILED,
                  n.what().code(),
                  n.id() + "-" + n.to(),
                  n.detail());
            });
  }
}
