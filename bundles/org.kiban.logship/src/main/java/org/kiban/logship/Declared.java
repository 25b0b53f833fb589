package org.kiban.logship;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.logship.parse.Profile;

/**
 * What a configuration asks for, checked as far as can be without its destinations.
 *
 * @param file the configuration file, for messages
 * @param masks patterns of what is hidden
 */
public record Declared(
    String file, List<Declaration> sources, List<Declaration> destinations, List<Pattern> masks) {

  /**
   * Reads a configuration.
   *
   * @param file its name, for messages
   * @throws org.kiban.core.KibanException if something cannot be used
   */
  public static Declared read(String file, LogSettings s) {
    check(file, "poll-milliseconds", s.poll$_$milliseconds(), 10, 60_000);
    check(file, "settle-seconds", s.settle$_$seconds(), 1, 3600);
    check(file, "evidence-keep-days", s.evidence$_$keep$_$days(), 0, 36_500);
    check(file, "warn-minutes", s.warn$_$minutes(), 1, 100_000);
    return new Declared(
        file, parse(file, s.sources()), parse(file, s.destinations()), masks(file, s.masks()));
  }

  /**
   * Reads the patterns of what is hidden.
   *
   * @param file for messages
   * @throws org.kiban.core.KibanException if one is no pattern
   */
  public static List<Pattern> masks(String file, String... texts) {
    Declaration all = new Declaration(file, "masks", java.util.Map.of());
    return Arrays.stream(texts).map(text -> Profile.pattern(all, text, text)).toList();
  }

  /**
   * Checks a number of the configuration.
   *
   * @throws KibanException if it is less or more than it may be
   */
  public static void check(String file, String key, int value, int least, int most) {
    new Declaration(file, key, java.util.Map.of("value", Integer.toString(value)))
        .number("value", least, least, most);
  }

  private static List<Declaration> parse(String file, String... lines) {
    List<Declaration> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String line : lines) {
      Declaration declaration = Declaration.parse(file, line);
      if (!names.add(declaration.name())) {
        throw new KibanException(Outcome.REFUSED, LogCode.TWICE, file, declaration.name());
      }
      all.add(declaration);
    }
    return List.copyOf(all);
  }
}
