package org.kiban.time;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.kiban.core.ClockCheck;
import org.kiban.time.vote.Interval;
import org.kiban.time.vote.Judge;
import org.kiban.time.vote.Moment;
import org.kiban.time.vote.Vote;

/**
 * Compares the system's clock with the sources, round by round. One thread calls {@link #round} and
 * {@link #look}; anybody may call {@link #judge} and {@link #sources}.
 */
final class Watch implements ClockCheck {

  private static final double MILLI = 1e6;

  private final InstantSource system;
  private final LongSupplier steady;
  private final Judge.Limits limits;
  private final List<SourceWatch> sources;
  private final SourceWatch.Asker asker;
  private final Events events;

  private Moment seen;
  private String told = "";
  private volatile Judge judge;
  private volatile List<SourceView> views = List.of();

  /** Takes what happens. */
  interface Events {
    /** The system's clock jumped. */
    void jumped(double milliseconds);

    /** A round ended; {@code news} if its outcome is another than before. */
    void voted(Optional<Vote.Verdict> verdict, List<SourceView> sources, boolean news);
  }

  Watch(
      InstantSource system,
      LongSupplier steady,
      Judge.Limits limits,
      List<TimeSource> sources,
      SourceWatch.Asker asker,
      Events events) {
    this.system = system;
    this.steady = steady;
    this.limits = limits;
    this.sources = sources.stream().map(s -> new SourceWatch(s, limits.driftPpm())).toList();
    this.asker = asker;
    this.events = events;
    this.judge = Judge.none(limits);
    this.seen = moment();
  }

  @Override
  public Judgement judge() {
    return judge.judge(moment());
  }

  /** The sources after the last round. */
  List<SourceView> sources() {
    return views;
  }

  /**
   * Looks whether the system's clock jumped since it was last looked at.
   *
   * @return true if it did; what was known is forgotten, and a round is due
   */
  boolean look() {
    Moment now = moment();
    boolean jumped = now.jump(seen) > limits.stepNanos();
    if (jumped) {
      judge = Judge.none(limits);
      sources.forEach(SourceWatch::forget);
      events.jumped((now.apart() - seen.apart()) / MILLI);
    }
    seen = now;
    return jumped;
  }

  /** Asks every source once, then votes. */
  void round() {
    for (SourceWatch source : sources) {
      source.ask(asker, system.instant());
    }
    Moment now = moment();
    List<Interval> intervals =
        sources.stream().map(s -> s.interval(now)).flatMap(Optional::stream).toList();
    Optional<Vote.Verdict> verdict = Vote.decide(intervals);
    verdict.ifPresent(v -> judge = new Judge(v, now, limits));
    views = views(now, verdict);
    String tale = tale(verdict, intervals);
    boolean news = !tale.equals(told);
    told = tale;
    events.voted(verdict, views, news);
  }

  private List<SourceView> views(Moment now, Optional<Vote.Verdict> verdict) {
    List<SourceView> list = new ArrayList<>();
    for (SourceWatch source : sources) {
      boolean silent = source.interval(now).isEmpty();
      String name = source.source().name();
      SourceView.Verdict of =
          silent
              ? SourceView.Verdict.SILENT
              : verdict
                  .map(v -> v.falsetickers().contains(name))
                  .map(f -> f ? SourceView.Verdict.FALSE : SourceView.Verdict.TRUE)
                  .orElse(SourceView.Verdict.UNDECIDED);
      list.add(source.view(now, of));
    }
    return List.copyOf(list);
  }

  /** What makes an outcome another than the one before: who takes part, and who is off. */
  private static String tale(Optional<Vote.Verdict> verdict, List<Interval> intervals) {
    return verdict.map(v -> new TreeSet<>(v.falsetickers()).toString()).orElse("-")
        + intervals.stream().map(Interval::name).toList();
  }

  private Moment moment() {
    return Moment.read(system, steady);
  }
}
