package org.kiban.logship.frame;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A store that knows when it took each frame, so that it can be searched by time and let go of what
 * is old. Safe for any thread.
 */
public final class StampedStore implements FrameSink, Closeable {

  /** Takes frames in the order in which they were stored. */
  @FunctionalInterface
  public interface Reader {
    /**
     * @param stored when it was stored
     * @throws IOException to stop reading
     */
    void accept(Instant stored, Frame frame) throws IOException;
  }

  /** A lane of nothing but times: each says when the frames behind it were stored. */
  private static final Lane CLOCK = new Lane("time", "local", "stored");

  /** What is let go of by its age goes in steps of at most this. */
  private static final Duration STEP = Duration.ofDays(1);

  private static final class Enough extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final FrameStore store;
  private final InstantSource clock;

  /**
   * @param store closed with this
   */
  public StampedStore(FrameStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** What is stored, times included. */
  public FrameStore frames() {
    return store;
  }

  @Override
  public Mark mark(Lane lane) {
    return store.mark(lane);
  }

  @Override
  public synchronized List<Fate> store(List<Frame> frames) throws IOException {
    Mark before = store.mark(CLOCK);
    ByteBuffer now = ByteBuffer.allocate(Long.BYTES).putLong(0, clock.millis());
    Mark after = before.next(CLOCK.key(), before.offset() + Long.BYTES, 1, now);
    List<Frame> all = new ArrayList<>(List.of(Frame.pack(CLOCK, before, after, new byte[0], now)));
    all.addAll(frames);
    return store.store(all).subList(1, all.size());
  }

  /**
   * Reads everything, the oldest first, and checks it against its chain.
   *
   * @throws IOException if something is damaged, or the reader stops
   */
  public void read(Reader reader) throws IOException {
    Instant[] stored = {Instant.EPOCH};
    store.read(
        Place.START,
        (after, frame) -> {
          if (frame.lane().equals(CLOCK)) {
            stored[0] = time(frame);
          } else {
            reader.accept(stored[0], frame);
          }
        });
  }

  /**
   * Lets go of what was stored before a moment, in whole volumes of at most a day.
   *
   * @param before what must stay however old it is
   */
  public synchronized void expire(Instant old, Place before) throws IOException {
    Instant current = began(store.end().volume());
    if (current.isBefore(clock.instant().minus(STEP))) {
      store.seal();
    }
    // All of a volume is older than the beginning of the next one.
    while (store.begin().volume() < store.end().volume()
        && began(store.begin().volume() + 1).isBefore(old)
        && store.drop(before)) {
      continue;
    }
  }

  /** When the first frame of a volume was stored; {@link Instant#MAX} if it has none. */
  private Instant began(long volume) throws IOException {
    Instant[] first = {Instant.MAX};
    try {
      store.read(
          new Place(volume, 1),
          (after, frame) -> {
            if (frame.lane().equals(CLOCK) && after.volume() == volume) {
              first[0] = time(frame);
            }
            throw new Enough();
          });
    } catch (Enough e) {
      return first[0];
    }
    return first[0];
  }

  private static Instant time(Frame frame) throws IOException {
    return Instant.ofEpochMilli(frame.unpack().body().getLong());
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
