package org.kiban.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsAnywhereTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "exchange:list 332020                   | exchange:list 332020",
        "exchange:list 332020 --json            | exchange:list --json 332020",
        "exchange:list 332020 --limit 5 --json  | exchange:list --limit 5 --json 332020",
        "exchange:list --limit=5 332020         | exchange:list --limit=5 332020",
        "exchange:trace 332020 \"a b.csv\" --json | exchange:trace --json 332020 \"a b.csv\"",
        "partner:add 332020 031 --name '業務 甲' | partner:add --name '業務 甲' 332020 031",
        "messaging:replay 332020 --all --dry-run | messaging:replay --all --dry-run 332020",
        "exchange:show 332020 -                 | exchange:show 332020 -",
      })
  void movesOptionsInFrontOfArguments(String typed, String run) {
    String[] words = typed.split(" (?=(?:[^\"']*[\"'][^\"']*[\"'])*[^\"']*$)");
    assertThat(String.join(" ", OptionsAnywhere.ordered(words))).isEqualTo(run);
  }
}
