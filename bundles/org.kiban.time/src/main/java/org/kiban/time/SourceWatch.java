package org.kiban.time;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.kiban.time.sntp.Unusable;
import org.kiban.time.vote.Interval;
import org.kiban.time.vote.Moment;
import org.kiban.time.vote.SampleFilter;
import org.kiban.time.vote.SampleFilter.Sample;

/** What is known of one source. Used by one thread. */
final class SourceWatch {

  private static final int MOST_ROUNDS_BETWEEN = 64;

  /** Asks a source once. */
  @FunctionalInterface
  interface Asker {
    /**
     * @throws IOException if there is no usable answer
     */
    Sample ask(TimeSource source) throws IOException;
  }

  private final TimeSource source;
  private final SampleFilter filter;
  private int reach;
  private int roundsBetween = 1;
  private int roundsToWait;
  private boolean sentAway;
  private Instant answered;
  private String problem = "";

  SourceWatch(TimeSource source, long driftPpm) {
    this.source = source;
    this.filter = new SampleFilter(driftPpm);
  }

  TimeSource source() {
    return source;
  }

  /** Asks once, unless the server wants to be left alone. */
  void ask(Asker asker, Instant now) {
    if (sentAway || roundsToWait-- > 0) {
      return;
    }
    roundsToWait = roundsBetween - 1;
    reach = reach << 1 & 0xFF;
    try {
      filter.add(asker.ask(source));
      reach |= 1;
      answered = now;
      problem = "";
    } catch (Unusable e) {
      problem = e.getMessage();
      sentAway = e.isGoAway();
      if (e.isSlowDown()) {
        roundsBetween = Math.min(2 * roundsBetween, MOST_ROUNDS_BETWEEN);
        roundsToWait = roundsBetween - 1;
      }
    } catch (IOException e) {
      problem = e.getMessage() == null ? e.toString() : e.getMessage();
    }
  }

  /** Forgets the samples: the clock that they were taken against jumped. */
  void forget() {
    filter.clear();
  }

  /** Its vote; nothing once it has been silent for eight questions, or was sent away. */
  Optional<Interval> interval(Moment now) {
    return reach == 0 || sentAway ? Optional.empty() : filter.interval(source.name(), now);
  }

  /** What operators see. */
  SourceView view(Moment now, SourceView.Verdict verdict) {
    Optional<Sample> best = filter.best(now);
    return new SourceView(
        source.name(),
        source.host() + ":" + source.port(),
        verdict,
        Integer.toOctalString(reach),
        best.map(s -> s.offset() / 1e6).orElse(null),
        best.map(s -> s.delay() / 1e6).orElse(null),
        interval(now).map(i -> (i.high() - i.low()) / 2e6).orElse(null),
        answered,
        problem);
  }
}
