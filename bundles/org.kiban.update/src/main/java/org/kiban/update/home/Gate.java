package org.kiban.update.home;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Judges a version on trial from look to look: kept once nothing is missing for long enough, given
 * up once something is missing for so long that it will not come, or the time is over. For one
 * thread.
 */
final class Gate {

  /** Something that is missing this long after the start is believed. */
  private static final Duration BELIEVED = Duration.ofSeconds(15);

  /** Left to those who end the process, before the launcher does. */
  private static final Duration LEFT = Duration.ofSeconds(5);

  /** How it stands. */
  enum Verdict {
    /** Not yet sure. */
    WAIT,
    /** It is well. */
    KEEP,
    /** It will not be. */
    GIVE_UP
  }

  private final LongSupplier nanoTime;
  private final long began;
  private final long limit;
  private final long settle;
  private long goodSince = -1;
  private long badSince = -1;

  /**
   * @param limit from now on
   * @param settle how long everything must be there
   * @param nanoTime the clock
   */
  Gate(Duration limit, Duration settle, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.began = nanoTime.getAsLong();
    this.limit = limit.minus(LEFT).toNanos();
    this.settle = settle.toNanos();
  }

  /**
   * Takes a look into account.
   *
   * @param starting whether what is missing may yet come
   * @param missing what is
   */
  Verdict judge(boolean starting, List<String> missing) {
    long now = nanoTime.getAsLong() - began;
    boolean good = !starting && missing.isEmpty();
    boolean bad = !starting && !missing.isEmpty();
    goodSince = !good ? -1 : goodSince < 0 ? now : goodSince;
    badSince = !bad ? -1 : badSince < 0 ? now : badSince;
    if (good && now - goodSince >= settle) {
      return Verdict.KEEP;
    }
    boolean believed = bad && now - badSince >= BELIEVED.toNanos();
    return believed || now >= limit ? Verdict.GIVE_UP : Verdict.WAIT;
  }
}
