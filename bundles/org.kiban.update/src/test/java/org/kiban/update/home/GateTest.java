package org.kiban.update.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kiban.update.home.Gate.Verdict.GIVE_UP;
import static org.kiban.update.home.Gate.Verdict.KEEP;
import static org.kiban.update.home.Gate.Verdict.WAIT;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a version on trial is kept, and when it is given up. */
class GateTest {

  private static final List<String> NOTHING = List.of();
  private static final List<String> A_QUEUE = List.of("queue x: not there");

  private long now = 7;
  private final Gate gate = new Gate(Duration.ofSeconds(100), Duration.ofSeconds(10), () -> now);

  private Gate.Verdict after(int seconds, boolean starting, List<String> missing) {
    now += Duration.ofSeconds(seconds).toNanos();
    return gate.judge(starting, missing);
  }

  @Test
  void isKeptOnceNothingWasMissingForLongEnough() {
    assertThat(after(20, true, A_QUEUE)).isEqualTo(WAIT);
    assertThat(after(1, false, NOTHING)).isEqualTo(WAIT);
    assertThat(after(9, false, NOTHING)).isEqualTo(WAIT);
    assertThat(after(1, false, NOTHING)).isEqualTo(KEEP);
  }

  @Test
  void beginsAnewWhenSomethingIsMissingInBetween() {
    assertThat(after(1, false, NOTHING)).isEqualTo(WAIT);
    assertThat(after(5, false, A_QUEUE)).isEqualTo(WAIT);
    assertThat(after(6, false, NOTHING)).isEqualTo(WAIT);
    assertThat(after(10, false, NOTHING)).isEqualTo(KEEP);
  }

  @Test
  void isGivenUpOnceSomethingIsMissingThatWillNotCome() {
    assertThat(after(1, false, A_QUEUE)).isEqualTo(WAIT);
    assertThat(after(14, false, A_QUEUE)).isEqualTo(WAIT);
    assertThat(after(1, false, A_QUEUE)).isEqualTo(GIVE_UP);
  }

  @Test
  void isGivenUpBeforeTheLauncherEndsIt() {
    assertThat(after(94, true, A_QUEUE)).isEqualTo(WAIT);
    assertThat(after(1, true, A_QUEUE)).isEqualTo(GIVE_UP);
  }
}
