package org.kiban.time.vote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.kiban.time.vote.Vote.Verdict;

class VoteTest {

  private static Interval at(String name, long middle, long around) {
    return new Interval(name, middle - around, middle + around);
  }

  @Test
  void nobodyAndAnEvenSplitDecideNothing() {
    assertThat(Vote.decide(List.of())).isEmpty();
    assertThat(Vote.decide(List.of(at("a", 0, 1), at("b", 10, 1)))).isEmpty();
    assertThat(Vote.decide(List.of(at("a", 0, 1), at("b", 0, 1), at("c", 10, 1), at("d", 10, 1))))
        .isEmpty();
  }

  @Test
  void oneAloneIsBelievedAndEnduresNoLiar() {
    Verdict verdict = Vote.decide(List.of(at("a", 5, 2))).orElseThrow();

    assertThat(verdict).isEqualTo(new Verdict(3, 7, List.of(), 1));
    assertThat(verdict.endures()).isZero();
  }

  @Test
  void twoLiarsOfFiveAreNamed() {
    Verdict verdict =
        Vote.decide(
                List.of(
                    at("a", 0, 10),
                    at("b", 2, 10),
                    at("c", -1, 10),
                    at("fast", 250_000, 10),
                    at("slow", -5_000, 10)))
            .orElseThrow();

    assertThat(verdict.falsetickers()).containsExactly("fast", "slow");
    assertThat(verdict.endures()).isEqualTo(2);
    assertThat(verdict.low()).isEqualTo(-8);
    assertThat(verdict.high()).isEqualTo(9);
  }

  @Test
  void liarsThatCutIntoACornerCannotMoveTheBoundOffTheTruth() {
    // given three honest ones around the truth 0, and two that agree with two of them elsewhere
    Optional<Verdict> verdict =
        Vote.decide(
            List.of(
                new Interval("a", -1, 100),
                new Interval("b", -2, 100),
                new Interval("c", -100, 1),
                new Interval("liar-1", 90, 110),
                new Interval("liar-2", 90, 110)));

    assertThat(verdict).isPresent();
    assertThat(verdict.get().low()).isLessThanOrEqualTo(0);
    assertThat(verdict.get().high()).isGreaterThanOrEqualTo(0);
  }

  @Test
  void intervalsThatTouchAgree() {
    Verdict verdict =
        Vote.decide(List.of(new Interval("a", 0, 5), new Interval("b", 5, 9))).orElseThrow();

    assertThat(verdict.low()).isEqualTo(5);
    assertThat(verdict.high()).isEqualTo(5);
  }
}
