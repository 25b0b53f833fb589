package org.kiban.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.kiban.core.TrustedClock.Trust;
import org.kiban.time.sntp.Unusable;
import org.kiban.time.vote.Judge;
import org.kiban.time.vote.Moment;
import org.kiban.time.vote.SampleFilter.Sample;
import org.kiban.time.vote.Vote;

class WatchTest implements Watch.Events {

  private static final long MILLI = 1_000_000L;
  private static final Judge.Limits LIMITS =
      new Judge.Limits(100, 100 * MILLI, 64_000 * MILLI, 10 * MILLI);

  private final Map<String, Unusable> refusals = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<Double> jumps = new ArrayList<>();
  private final List<Boolean> news = new ArrayList<>();
  private long steady;
  private long system = Moment.nanos(Instant.parse("2026-11-23T00:00:00Z"));
  private final Watch watch =
      new Watch(
          () -> Instant.EPOCH.plusNanos(system),
          () -> steady,
          LIMITS,
          TimeSource.parse("a 192.0.2.1", "b 192.0.2.2", "c 192.0.2.3"),
          this::ask,
          this);

  private Sample ask(TimeSource source) throws Unusable {
    asked.add(source.name());
    if (refusals.containsKey(source.name())) {
      throw refusals.get(source.name());
    }
    long offset = source.name().equals("c") ? 250 * MILLI : MILLI;
    return new Sample(offset, MILLI / 10, 0, new Moment(steady, system - steady));
  }

  @Override
  public void jumped(double milliseconds) {
    jumps.add(milliseconds);
  }

  @Override
  public void voted(Optional<Vote.Verdict> verdict, List<SourceView> sources, boolean isNews) {
    news.add(isNews);
  }

  private void pass(long seconds) {
    steady += seconds * 1000 * MILLI;
    system += seconds * 1000 * MILLI;
  }

  @Test
  void theLiarIsNamedInTheFirstRoundAndNewsIsToldOnce() {
    watch.round();
    watch.round();

    assertThat(watch.sources())
        .extracting(SourceView::verdict)
        .containsExactly(
            SourceView.Verdict.TRUE, SourceView.Verdict.TRUE, SourceView.Verdict.FALSE);
    assertThat(watch.judge().trust()).isEqualTo(Trust.TRUSTED);
    assertThat(news).containsExactly(true, false);
  }

  @Test
  void aJumpEndsTheTrustAtOnceIsToldAndForgotten() {
    // given
    watch.round();

    // when the system's clock is set back by two seconds
    system -= 2000 * MILLI;

    assertThat(watch.judge().trust()).isEqualTo(Trust.UNTRUSTED);
    assertThat(watch.look()).isTrue();
    assertThat(jumps).containsExactly(-2000.0);
    assertThat(watch.look()).isFalse();
    watch.round();
    assertThat(watch.judge().trust()).isEqualTo(Trust.TRUSTED);
  }

  @Test
  void sourcesThatFallSilentAreLeftOutAfterEightQuestions() {
    // given
    watch.round();
    refusals.put("a", new Unusable("no answer"));
    refusals.put("c", new Unusable("no answer"));

    // when
    for (int i = 0; i < 8; i++) {
      pass(16);
      watch.round();
    }

    assertThat(watch.sources().get(0).verdict()).isEqualTo(SourceView.Verdict.SILENT);
    assertThat(watch.sources().get(0).problem()).isEqualTo("no answer");
    assertThat(watch.sources().get(1).verdict()).isEqualTo(SourceView.Verdict.TRUE);
  }

  @Test
  void withoutAMajorityTrustDecays() {
    // given
    watch.round();
    refusals.put("a", new Unusable("sent away with DENY", "DENY"));

    // when
    watch.round();
    pass(60);
    watch.round();

    // then b and c contradict each other, and the vote before holds for a while
    assertThat(watch.sources())
        .extracting(SourceView::verdict)
        .containsExactly(
            SourceView.Verdict.SILENT, SourceView.Verdict.UNDECIDED, SourceView.Verdict.UNDECIDED);
    assertThat(watch.judge().trust()).isEqualTo(Trust.TRUSTED);
    pass(60);
    assertThat(watch.judge().trust()).isEqualTo(Trust.HOLDOVER);
    pass(3600);
    assertThat(watch.judge().trust()).isEqualTo(Trust.UNTRUSTED);
  }

  @Test
  void aServerThatSendsUsAwayIsNeverAskedAgainAndABusyOneLessOften() {
    // given
    refusals.put("a", new Unusable("sent away with DENY", "DENY"));
    refusals.put("b", new Unusable("sent away with RATE", "RATE"));

    // when
    for (int i = 0; i < 8; i++) {
      watch.round();
    }

    assertThat(asked).filteredOn("a"::equals).hasSize(1);
    assertThat(asked).filteredOn("b"::equals).hasSize(3);
    assertThat(asked).filteredOn("c"::equals).hasSize(8);
  }
}
