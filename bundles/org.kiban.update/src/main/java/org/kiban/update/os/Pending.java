package org.kiban.update.os;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kiban.update.Lane;

/**
 * A package of the operating system that has a newer version.
 *
 * @param name of the package
 * @param from the version that is installed; empty for one that comes new
 * @param to the version that would come
 * @param architecture for example {@code amd64}
 * @param origins where it comes from, each {@code <label>:<version>/<suite>}
 * @param lane urgent if it comes from a source of security updates
 */
public record Pending(
    String name, String from, String to, String architecture, List<String> origins, Lane lane) {

  private static final Pattern LINE =
      Pattern.compile("Inst (\\S+) (?:\\[(\\S+)\\] )?\\((\\S+) (.*) \\[(\\S+)\\]\\).*");

  /** Copies the list. */
  public Pending {
    origins = List.copyOf(origins);
  }

  /** Reads what {@code apt-get -s dist-upgrade} says; lines of other kinds are passed over. */
  static List<Pending> parse(List<String> lines, Urgent urgent) {
    List<Pending> pending = new ArrayList<>();
    for (String line : lines) {
      Matcher m = LINE.matcher(line);
      if (m.matches()) {
        List<String> origins = Arrays.asList(m.group(4).split(", "));
        pending.add(
            new Pending(
                m.group(1),
                m.group(2) == null ? "" : m.group(2),
                m.group(3),
                m.group(5),
                origins,
                origins.stream().anyMatch(urgent::covers) ? Lane.URGENT : Lane.NORMAL));
      }
    }
    return pending;
  }
}
