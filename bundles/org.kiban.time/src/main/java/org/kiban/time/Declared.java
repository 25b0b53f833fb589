package org.kiban.time;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.time.vote.Judge;

/**
 * What the configuration asks for, checked.
 *
 * @param sources the time servers; none if something is wrong
 * @param limits what is asked of the clock
 * @param problem what is wrong; null if nothing is
 */
record Declared(List<TimeSource> sources, Judge.Limits limits, KibanException problem) {

  private static final int MISSED_ROUNDS = 4;

  static Declared read(TimeSettings s) {
    Judge.Limits limits =
        new Judge.Limits(
            s.drift$_$ppm(),
            TimeUnit.MILLISECONDS.toNanos(s.bound$_$milliseconds()),
            TimeUnit.SECONDS.toNanos(MISSED_ROUNDS * (long) s.poll$_$seconds()),
            TimeUnit.MILLISECONDS.toNanos(s.step$_$milliseconds()));
    try {
      check("poll-seconds", s.poll$_$seconds(), 1, 1024);
      check("patience-milliseconds", s.patience$_$milliseconds(), 10, 5000);
      check("drift-ppm", s.drift$_$ppm(), 1, 100_000);
      check("bound-milliseconds", s.bound$_$milliseconds(), 1, 60_000);
      check("step-milliseconds", s.step$_$milliseconds(), 1, 60_000);
      check("min-sources", s.min$_$sources(), 1, 100);
      check("keep-days", s.keep$_$days(), 0, 36_500);
      return new Declared(TimeSource.parse(s.sources()), limits, null);
    } catch (KibanException e) {
      return new Declared(List.of(), limits, e);
    }
  }

  private static void check(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new KibanException(
          Outcome.REFUSED, TimeCode.BAD_SETTING, key, value, least + "–" + most);
    }
  }
}
