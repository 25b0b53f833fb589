package org.kiban.time.vote;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A moment as two clocks saw it.
 *
 * @param steady a clock that never jumps, in nanoseconds from any start
 * @param apart the system's clock less that one, in nanoseconds; it changes when either jumps
 */
public record Moment(long steady, long apart) {

  private static final int TRIES = 8;
  private static final long CLOSE_NANOS = 20_000;

  /**
   * Reads both clocks. A thread that is put aside between the two readings would see a jump that
   * there was not, so the closest of a few readings counts.
   */
  public static Moment read(InstantSource system, LongSupplier steady) {
    long closest = Long.MAX_VALUE;
    Moment best = null;
    for (int i = 0; i < TRIES && closest > CLOSE_NANOS; i++) {
      long before = steady.getAsLong();
      long at = nanos(system.instant());
      long between = steady.getAsLong() - before;
      if (between < closest) {
        closest = between;
        best = new Moment(before + between / 2, at - before - between / 2);
      }
    }
    return best;
  }

  /** Nanoseconds since 1970, until 2262. */
  public static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  /**
   * How far what was known of the system's clock at an earlier moment may be off now: it may have
   * drifted, and it may have jumped by as much as the clocks moved apart.
   *
   * @param driftPpm the most that the system's clock gains or loses, in parts per million
   * @return nanoseconds, not negative
   */
  public long around(Moment earlier, long driftPpm) {
    long age = Math.max(0, steady - earlier.steady);
    return age / 1_000_000 * driftPpm + driftPpm + jump(earlier);
  }

  /** By how much the clocks moved apart since an earlier moment, in nanoseconds. */
  public long jump(Moment earlier) {
    return Math.abs(apart - earlier.apart);
  }
}
