package org.kiban.time.vote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kiban.core.TrustedClock.Trust;

class JudgeTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;
  private static final Judge.Limits LIMITS =
      new Judge.Limits(100, 50 * MILLI, 60 * SECOND, 10 * MILLI);
  private static final Moment VOTED = new Moment(0, 7 * SECOND);

  private final Judge judge =
      new Judge(new Vote.Verdict(-MILLI, 3 * MILLI, List.of(), 3), VOTED, LIMITS);

  @Test
  void beforeAVoteNobodyKnows() {
    assertThat(Judge.none(LIMITS).judge(VOTED).trust()).isEqualTo(Trust.UNTRUSTED);
    assertThat(Judge.none(LIMITS).judge(VOTED).bound()).isEmpty();
  }

  @Test
  void theBoundGrowsWithTimeUntilItIsTooLarge() {
    // given 100 ppm: 100 µs a second
    assertThat(judge.judge(new Moment(10 * SECOND, 7 * SECOND)).bound())
        .contains(Duration.ofNanos(4 * MILLI + 100));
    assertThat(judge.judge(new Moment(60 * SECOND, 7 * SECOND)).trust()).isEqualTo(Trust.TRUSTED);
    assertThat(judge.judge(new Moment(61 * SECOND, 7 * SECOND)).trust()).isEqualTo(Trust.HOLDOVER);
    assertThat(judge.judge(new Moment(471 * SECOND, 7 * SECOND)).trust())
        .isEqualTo(Trust.UNTRUSTED);
  }

  @Test
  void aSmallJumpWidensTheBoundAndALargeOneEndsTheTrust() {
    assertThat(judge.judge(new Moment(0, 7 * SECOND - 9 * MILLI)).bound())
        .contains(Duration.ofNanos(12 * MILLI + 100));
    assertThat(judge.judge(new Moment(0, 7 * SECOND + 11 * MILLI)).bound()).isEmpty();
    assertThat(judge.judge(new Moment(0, 7 * SECOND + 11 * MILLI)).trust())
        .isEqualTo(Trust.UNTRUSTED);
  }
}
