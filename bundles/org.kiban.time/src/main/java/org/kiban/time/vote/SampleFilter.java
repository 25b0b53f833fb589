package org.kiban.time.vote;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;

/**
 * The newest samples of one source. Of those the one that bounds the time best counts: a short way
 * there and back says more than an average, and a sample says less the older it is (RFC 5905,
 * section 10). Used by one thread.
 */
public final class SampleFilter {

  private static final int KEPT = 8;

  /**
   * One exchange with a source.
   *
   * @param offset what must be added to the system's clock, in nanoseconds
   * @param delay the way there and back, in nanoseconds, not negative
   * @param rootDistance what the source itself may be off, in nanoseconds
   * @param at when
   */
  public record Sample(long offset, long delay, long rootDistance, Moment at) {

    /** How far the true time may be from the offset, now. */
    long uncertainty(Moment now, long driftPpm) {
      return delay / 2 + 1 + rootDistance + now.around(at, driftPpm);
    }
  }

  private final long driftPpm;
  private final Deque<Sample> samples = new ArrayDeque<>();

  /**
   * @param driftPpm the most that the system's clock gains or loses, in parts per million
   */
  public SampleFilter(long driftPpm) {
    this.driftPpm = driftPpm;
  }

  /** Takes a sample; the oldest goes when there are more than eight. */
  public void add(Sample sample) {
    samples.addLast(sample);
    if (samples.size() > KEPT) {
      samples.removeFirst();
    }
  }

  /** Forgets everything: the clock that the samples were taken against is no more. */
  public void clear() {
    samples.clear();
  }

  /** The sample that bounds the time best now. */
  public Optional<Sample> best(Moment now) {
    return samples.stream().min(Comparator.comparingLong(s -> s.uncertainty(now, driftPpm)));
  }

  /** Where this source says that the time lies now. */
  public Optional<Interval> interval(String name, Moment now) {
    return best(now)
        .map(
            s -> {
              long around = s.uncertainty(now, driftPpm);
              return new Interval(name, s.offset() - around, s.offset() + around);
            });
  }
}
