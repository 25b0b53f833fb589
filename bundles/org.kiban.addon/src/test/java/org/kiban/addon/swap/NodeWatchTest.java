package org.kiban.addon.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kiban.core.Readiness.Check;
import org.kiban.core.Readiness.Grade;
import org.kiban.core.Readiness.Report;
import org.kiban.core.Readiness.State;

/** What became worse during a swap counts only if the swap can have caused it. */
class NodeWatchTest {

  private static final Set<String> RUNNING = Set.of("tea", "cup", "org.kiban.route");
  private static final Set<String> TOUCHED = Set.of("tea", "cup");

  private static Report report(boolean ready, String... problems) {
    State state = ready && problems.length == 0 ? State.READY : State.DEGRADED;
    return new Report(state, ready, List.of(), List.of(problems), Instant.EPOCH);
  }

  private static Check check(String bundle, String name, Grade grade) {
    return new Check(name, bundle, grade, grade == Grade.GOOD ? "" : "why");
  }

  @ParameterizedTest
  @CsvSource({
    // bundle, check, before, after, ready afterwards, whether it counts
    "org.kiban.backup, backup, GOOD, ATTENTION, true, false",
    "org.kiban.backup, backup, GOOD, BAD, false, false",
    "org.kiban.time, time, GOOD, BAD, false, false",
    "org.kiban.exchange, exchange, GOOD, ATTENTION, true, false",
    "org.kiban.exchange, exchange, GOOD, BAD, false, true",
    "org.kiban.exchange, exchange, BAD, BAD, true, false",
    "org.kiban.exchange, exchange, BAD, GOOD, true, false",
    "cup, cup, GOOD, ATTENTION, true, true",
    "cup, cup, ATTENTION, ATTENTION, true, false",
    "cup, backup, GOOD, ATTENTION, true, true"
  })
  void aCheckThatFallsCountsIfTheSwapCanHaveDoneIt(
      String bundle, String name, Grade before, Grade after, boolean ready, boolean counts) {
    NodeWatch watch = NodeWatch.of(report(true), List.of(check(bundle, name, before)), RUNNING);

    assertThat(
            watch.worse(
                ready ? report(true, "a warning") : report(false, name + ": why"),
                List.of(check(bundle, name, after)),
                RUNNING,
                TOUCHED))
        .satisfies(w -> assertThat(w.isPresent()).isEqualTo(counts));
  }

  @Test
  void aCheckThatIsNewAndNotWellCounts() {
    NodeWatch watch = NodeWatch.of(report(true), List.of(), RUNNING);

    assertThat(
            watch.worse(
                report(true), List.of(check("tea", "tea", Grade.ATTENTION)), RUNNING, TOUCHED))
        .hasValue("tea: why");
  }

  @Test
  void aBundleThatStoppedCountsIfItDependsOnTheAddon() {
    NodeWatch watch = NodeWatch.of(report(true), List.of(), RUNNING);

    assertThat(watch.worse(report(true), List.of(), Set.of("tea", "org.kiban.route"), TOUCHED))
        .hasValue("cup does not run");
    assertThat(watch.worse(report(true), List.of(), Set.of("tea", "cup"), TOUCHED)).isEmpty();
  }

  @Test
  void aNodeThatIsNoLongerReadyCountsWhereNothingElseExplainsIt() {
    NodeWatch watch = NodeWatch.of(report(true), List.of(), RUNNING);

    assertThat(watch.worse(report(false, "routes missing"), List.of(), RUNNING, TOUCHED))
        .hasValue("routes missing; not ready");
    NodeWatch notReady = NodeWatch.of(report(false, "x"), List.of(), RUNNING);
    assertThat(notReady.worse(report(false, "x"), List.of(), RUNNING, TOUCHED)).isEmpty();
  }
}
