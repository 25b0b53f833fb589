package org.kiban.audit;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * Something that somebody did.
 *
 * @param kind of what sort
 * @param user the name by which they logged in; {@code node} for the node itself
 * @param from where they came from, for example {@code ssh(/10.1.2.3:50122)}; empty if unknown
 * @param municipality the code of the municipality that it is about; empty if none
 * @param what in the words of a command line, a file name, a configuration's name
 * @param result {@code begun}, {@code done}, {@code seen}, or {@code failed} and why
 * @param of the position of the entry that this one ends; 0 if it stands alone
 * @param details names of what changed, without values
 */
public record Act(
    Kind kind,
    String user,
    String from,
    String municipality,
    String what,
    String result,
    long of,
    List<String> details) {

  /** Sorts of acts. */
  public enum Kind {
    /** A line of the shell. */
    COMMAND,
    /** A login, refused or not, or a logout. */
    LOGIN,
    /** A file below {@code etc/}, or a configuration in the container. */
    CONFIGURATION,
    /** A user, a group or their roles. */
    ROLE,
    /** A file that a partner brought or fetched. */
    TRANSFER,
    /** The audit itself: the node began or ended to keep it. */
    AUDIT;

    /** Its name in records and commands. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of a name.
     *
     * @param word null gives null
     * @throws KibanException (usage) if there is none
     */
    public static Kind of(String word) {
      return word == null
          ? null
          : Stream.of(values())
              .filter(k -> k.word().equals(word))
              .findFirst()
              .orElseThrow(() -> new KibanException(Outcome.USAGE, AuditMessage.NO_KIND, word));
    }
  }

  /** Copies the list. */
  public Act {
    details = List.copyOf(details);
  }

  /**
   * The end of this act.
   *
   * @param outcome its result
   * @param position where its beginning stands
   */
  public Act ended(String outcome, long position) {
    return new Act(kind, user, from, municipality, what, outcome, position, List.of());
  }
}
