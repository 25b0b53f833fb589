package org.kiban.time.vote;

import java.time.Duration;
import java.util.Optional;
import org.kiban.core.ClockCheck.Judgement;
import org.kiban.core.TrustedClock.Trust;

/**
 * What the last vote still says of the system's clock, some time after it. Immutable.
 *
 * @param verdict the last vote that a majority carried; null if there is none
 * @param at when it was; null if there is none
 * @param limits what is asked of it
 */
public record Judge(Vote.Verdict verdict, Moment at, Limits limits) {

  /**
   * What is asked.
   *
   * @param driftPpm the most that the system's clock gains or loses, in parts per million
   * @param boundNanos the largest bound that is still trusted
   * @param freshNanos after so long without a majority it is holdover
   * @param stepNanos a jump larger than this makes the last vote worthless
   */
  public record Limits(long driftPpm, long boundNanos, long freshNanos, long stepNanos) {}

  /** Before any vote. */
  public static Judge none(Limits limits) {
    return new Judge(null, null, limits);
  }

  /** Judges the system's clock. */
  public Judgement judge(Moment now) {
    if (verdict == null || now.jump(at) > limits.stepNanos()) {
      return new Judgement(Optional.empty(), Trust.UNTRUSTED);
    }
    long around = now.around(at, limits.driftPpm());
    long bound = Math.max(Math.abs(verdict.low() - around), Math.abs(verdict.high() + around));
    return new Judgement(Optional.of(Duration.ofNanos(bound)), trust(bound, now));
  }

  private Trust trust(long bound, Moment now) {
    if (bound > limits.boundNanos()) {
      return Trust.UNTRUSTED;
    }
    return now.steady() - at.steady() <= limits.freshNanos() ? Trust.TRUSTED : Trust.HOLDOVER;
  }
}
