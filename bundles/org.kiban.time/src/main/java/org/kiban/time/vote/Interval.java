package org.kiban.time.vote;

/**
 * Where one source says that the true time lies, relative to the system's clock.
 *
 * @param name the source
 * @param low the least that must be added to the system's clock, in nanoseconds
 * @param high the most
 */
public record Interval(String name, long low, long high) {

  /** Checks the order. */
  public Interval {
    if (low > high) {
      throw new IllegalArgumentException(name + ": " + low + " > " + high);
    }
  }

  /** The middle: the source's best estimate. */
  public long middle() {
    return low + (high - low) / 2;
  }
}
