package org.kiban.addon.tool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Words and {@code --option value} pairs of a command line; an option may come several times. */
final class Arguments {

  private final List<String> words = new ArrayList<>();
  private final Map<String, List<String>> options = new LinkedHashMap<>();

  Arguments(List<String> arguments, Set<String> known) {
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

  List<String> words() {
    return words;
  }

  String word(int index, String what) {
    if (index >= words.size()) {
      throw new IllegalArgumentException(what + " is missing");
    }
    return words.get(index);
  }

  List<String> all(String option) {
    return options.getOrDefault(option, List.of());
  }

  Optional<String> find(String option) {
    return all(option).stream().findFirst();
  }

  String need(String option) {
    return find(option)
        .orElseThrow(() -> new IllegalArgumentException("the option " + option + " is missing"));
  }
}
