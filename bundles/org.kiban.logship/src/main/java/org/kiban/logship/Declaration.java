package org.kiban.logship;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * One line of the configuration: {@code name key=value key="value with spaces"}. In a quoted value,
 * {@code \"} is a quotation mark and every other backslash stays, so that patterns need no more.
 *
 * @param file the configuration file that it stands in, for messages
 * @param name lower-case letters, digits and hyphens
 * @param values by key, in the order written
 */
public record Declaration(String file, String name, Map<String, String> values) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  private static final Pattern PAIR =
      Pattern.compile("\\s+([a-z][a-z0-9-]*)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s\"]\\S*))");

  /** Copies the map. */
  public Declaration {
    values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * Reads a line.
   *
   * @param file for messages
   * @param line as the operator wrote it
   * @throws KibanException if it is not of that form, or a key comes twice
   */
  public static Declaration parse(String file, String line) {
    String text = line.strip();
    int end = 0;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    String name = text.substring(0, end);
    Map<String, String> values = new LinkedHashMap<>();
    Matcher pair = PAIR.matcher(text).region(end, text.length());
    boolean right = NAME.matcher(name).matches();
    while (right && end < text.length()) {
      right = pair.lookingAt();
      if (right) {
        String quoted = pair.group(2);
        String value = quoted == null ? pair.group(3) : quoted.replace("\\\"", "\"");
        right = values.put(pair.group(1), value) == null;
        end = pair.end();
        pair.region(end, text.length());
      }
    }
    if (!right) {
      throw new KibanException(Outcome.REFUSED, LogCode.BAD_LINE, file, line);
    }
    return new Declaration(file, name, values);
  }

  /** The value of a key, if it was written. */
  public Optional<String> find(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /**
   * The value of a key.
   *
   * @throws KibanException if it was not written
   */
  public String require(String key) {
    return find(key)
        .orElseThrow(
            () -> new KibanException(Outcome.REFUSED, LogCode.MISSING_KEY, file, name, key));
  }

  /**
   * A whole number within bounds.
   *
   * @throws KibanException if it is none
   */
  public int number(String key, int otherwise, int least, int most) {
    String value = values.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw bad(key, least + "–" + most);
  }

  /**
   * What tells that the value of a key cannot be used.
   *
   * @param allowed what could be, in a form for both languages
   */
  public KibanException bad(String key, String allowed) {
    return new KibanException(
        Outcome.REFUSED, LogCode.BAD_VALUE, file, name, key, values.get(key), allowed);
  }

  /**
   * Refuses keys that nobody reads: a misspelt one must not go unnoticed.
   *
   * @throws KibanException if there is another than the known ones
   */
  public void only(Set<String> known) {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        throw bad(key, String.join(", ", new TreeSet<>(known)));
      }
    }
  }
}
