package org.kiban.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/**
 * Completes a command in two steps, its scope and then its verb, as it is written: Karaf's own
 * completion offers several hundred names at once, each with and without scope. Our scopes come
 * first; Karaf's follow for those who may see them.
 */
public final class ScopesFirst implements Completer {

  /** Groups are shown in the order of their names. */
  private static final String OURS = "Kiban";

  private static final String KARAF = "Runtime (Karaf)";

  private static final Set<String> KARAF_SCOPES =
      Set.of(
          "bundle",
          "cm",
          "config",
          "dev",
          "diagnostic",
          "event",
          "feature",
          "instance",
          "jaas",
          "kar",
          "log",
          "package",
          "scr",
          "service",
          "shell",
          "ssh",
          "system");

  /** Belongs to every session and to no operator. */
  private static final String HIDDEN = "control:prepare-session";

  private final Completer all;

  /**
   * @param all offers every command that the user may see, and arguments
   */
  public ScopesFirst(Completer all) {
    this.all = all;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    List<Candidate> offered = new ArrayList<>();
    all.complete(reader, line, offered);
    if (line.wordIndex() > 0) {
      candidates.addAll(offered);
      return;
    }
    String typed = line.word().substring(0, line.wordCursor());
    offered.removeIf(c -> c.value().equals(HIDDEN));
    // What shapes output is written without its scope.
    offered.removeIf(c -> typed.isEmpty() && c.value().startsWith("shell:"));
    candidates.addAll(typed.contains(":") ? commands(offered, typed) : scopes(offered));
  }

  private static List<Candidate> commands(List<Candidate> offered, String typed) {
    return offered.stream()
        .filter(c -> c.value().startsWith(typed))
        .map(c -> inGroup(c, group(c.value())))
        .toList();
  }

  private static List<Candidate> scopes(List<Candidate> offered) {
    Map<String, Candidate> scopes = new TreeMap<>();
    for (Candidate c : offered) {
      int colon = c.value().indexOf(':');
      if (colon > 0) {
        String scope = c.value().substring(0, colon + 1);
        // Not complete: no space follows, the verb does.
        scopes.put(
            scope, new Candidate(scope, scope, group(scope), null, null, null, false, rank(scope)));
      }
    }
    return List.copyOf(scopes.values());
  }

  private static Candidate inGroup(Candidate c, String group) {
    return new Candidate(c.value(), c.displ(), group, c.descr(), c.suffix(), c.key(), c.complete());
  }

  private static String group(String command) {
    return rank(command) == 0 ? OURS : KARAF;
  }

  /** The menu that a second tab opens goes by rank, whatever the group. */
  private static int rank(String command) {
    return KARAF_SCOPES.contains(command.substring(0, command.indexOf(':'))) ? 1 : 0;
  }
}
