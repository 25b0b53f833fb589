package org.kiban.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.impl.DefaultParser;
import org.junit.jupiter.api.Test;

class ScopesFirstTest {

  private static final List<String> VISIBLE =
      List.of(
          "bundle:list",
          "list",
          "exchange:list",
          "exchange:interface-list",
          "control:prepare-session",
          "shell:grep",
          "332020");

  private final ScopesFirst completer =
      new ScopesFirst(
          (reader, line, candidates) -> VISIBLE.forEach(v -> candidates.add(new Candidate(v))));

  @Test
  void anEmptyLineOffersOurScopesThenKarafs() {
    List<Candidate> offered = complete("").stream().sorted().toList();

    assertThat(offered).extracting(Candidate::value).containsExactly("exchange:", "bundle:");
    assertThat(offered)
        .extracting(Candidate::group)
        .containsExactly("Kiban", "Runtime (Karaf)")
        .isSorted();
    assertThat(offered).noneMatch(Candidate::complete);
  }

  @Test
  void aScopeOffersItsVerbs() {
    assertThat(complete("exchange:"))
        .extracting(Candidate::value)
        .containsExactly("exchange:list", "exchange:interface-list");
  }

  @Test
  void argumentsStayAsTheCommandOffersThem() {
    assertThat(complete("exchange:list 3")).extracting(Candidate::value).isEqualTo(VISIBLE);
  }

  private List<Candidate> complete(String typed) {
    ParsedLine line =
        new DefaultParser().parse(typed, typed.length(), Parser.ParseContext.COMPLETE);
    List<Candidate> candidates = new ArrayList<>();
    completer.complete(null, line, candidates);
    return candidates;
  }
}
