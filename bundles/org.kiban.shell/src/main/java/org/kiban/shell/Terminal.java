package org.kiban.shell;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.karaf.shell.api.console.Session;
import org.kiban.core.Bilingual;

/** A command's view of the operator's screen. Used by one thread. */
public final class Terminal {

  private final Session session;

  Terminal(Session session) {
    this.session = session;
  }

  /**
   * A table's column.
   *
   * @param title its heading in Japanese
   * @param english its heading in English
   * @param value what it shows of a row; null shows as nothing
   */
  public record Column<T>(String title, String english, Function<T, ?> value) {}

  /** Where to print. */
  public PrintStream out() {
    return session.getConsole();
  }

  /**
   * The operator's language: the session's {@code KIBAN_LANG}, {@code LC_ALL}, {@code LC_MESSAGES}
   * or {@code LANG}, else the node's default.
   */
  public Locale locale() {
    for (String name : List.of("KIBAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG")) {
      Object value = session.get(name);
      if (value != null && !value.toString().isBlank()) {
        return value.toString().startsWith("ja") ? Locale.JAPANESE : Locale.ENGLISH;
      }
    }
    return Locale.getDefault();
  }

  /**
   * Chooses a text by the operator's language.
   *
   * @param japanese the text in Japanese
   * @param english the text in English
   */
  public String text(String japanese, String english) {
    return Locale.JAPANESE.getLanguage().equals(locale().getLanguage()) ? japanese : english;
  }

  /**
   * Something in the operator's language.
   *
   * @param shown in both languages
   */
  public String text(Bilingual shown) {
    return text(shown.japanese(), shown.english());
  }

  /**
   * Prints rows as a table with headings, or a line that says that there are none.
   *
   * @param columns from left to right
   * @param rows from top to bottom
   */
  public <T> void table(List<Column<T>> columns, List<T> rows) {
    if (rows.isEmpty()) {
      out().println(text("該当なし", "nothing to show"));
      return;
    }
    Grid grid = new Grid(columns.stream().map(c -> text(c.title(), c.english())).toList());
    for (T row : rows) {
      grid.add(columns.stream().map(c -> shown(c.value().apply(row))).toList());
    }
    grid.lines().forEach(out()::println);
  }

  /**
   * Prints a value as JSON (UTF-8, one document, indented); records become objects, times ISO-8601.
   *
   * @param value a record, a map, a list or a simple value
   */
  public void json(Object value) {
    out().println(Json.write(value));
  }

  /** One line, whatever a value holds: a name from outside must not draw on the screen. */
  private static String shown(Object value) {
    return value == null ? "" : value.toString().replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}
