package org.kiban.addon.tool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Words and {@code --option value} pairs of a command line; an option may come several times. */
public final class Arguments {

  private final List<String> words = new ArrayList<>();
  private final Map<String, List<String>> options = new LinkedHashMap<>();

  /**
   * Splits a command line.
   *
   * @param known the options; any other is refused
   * @throws IllegalArgumentException if one is unknown or has no value
   */
  public Arguments(List<String> arguments, Set<String> known) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("--")) {
        words.add(argument);
      } else if (!known.contains(argument) || i + 1 == arguments.size()) {
        throw new IllegalArgumentException("unknown option or missing value: " + argument);
      } else {
        i++;
        options.computeIfAbsent(argument, any -> new ArrayList<>()).add(arguments.get(i));
      }
    }
  }

  /** What is no option. */
  public List<String> words() {
    return words;
  }

  /** A word that must be there. */
  public String word(int index, String what) {
    if (index >= words.size()) {
      throw new IllegalArgumentException(what + " is missing");
    }
    return words.get(index);
  }

  /** All values of an option. */
  public List<String> all(String option) {
    return options.getOrDefault(option, List.of());
  }

  /** The first value of an option. */
  public Optional<String> find(String option) {
    return all(option).stream().findFirst();
  }

  /** The value of an option that must be there. */
  public String need(String option) {
    return find(option)
        .orElseThrow(() -> new IllegalArgumentException("the option " + option + " is missing"));
  }
}
