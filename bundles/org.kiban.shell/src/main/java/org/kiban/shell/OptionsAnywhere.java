package org.kiban.shell;

import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.parsing.DefaultParser;

/**
 * Lets an operator write options after arguments ({@code exchange:list 332020 --json}), which Karaf
 * alone refuses: before a command runs, its options are moved in front. Every command of ours names
 * this in {@code @Parsing}. Options of {@link Flags} stand alone; every other takes the word after
 * it, or has it behind {@code =}.
 */
@Service
public final class OptionsAnywhere extends DefaultParser {

  @Override
  public String preprocess(Session session, CommandLine line) {
    return String.join(" ", ordered(line.getArguments()));
  }

  static List<String> ordered(String... words) {
    List<String> options = new ArrayList<>();
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      if (i == 0 || !word.startsWith("-") || word.length() == 1) {
        (i == 0 ? options : arguments).add(word);
      } else {
        options.add(word);
        if (!Flags.NAMES.contains(word) && !word.contains("=") && i + 1 < words.length) {
          options.add(words[++i]);
        }
      }
    }
    options.addAll(arguments);
    return options;
  }
}
