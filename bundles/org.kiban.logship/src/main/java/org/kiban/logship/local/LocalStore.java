package org.kiban.logship.local;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.kiban.logship.destination.SegmentFrames;
import org.kiban.logship.frame.Frame;
import org.kiban.logship.frame.FrameSink.Fate;
import org.kiban.logship.frame.FrameStore;
import org.kiban.logship.frame.StampedStore;
import org.kiban.logship.ship.Destination;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.Segment;

/**
 * Logs kept on this node, compressed and encrypted, to be searched where no network leads anywhere.
 * When it is full, or they are older than is wanted, the oldest go. Safe for any thread.
 */
public final class LocalStore implements Destination, Archive {

  /** Below this share of its room the store is brought when it is full. */
  private static final double AFTER_RELEASE = 0.9;

  private final StampedStore store;
  private final FrameStore frames;
  private final String node;
  private final Duration keep;
  private final InstantSource clock;

  /**
   * @param frames closed with this
   * @param node this node's name
   * @param keep for how long; zero: as long as there is room
   */
  public LocalStore(FrameStore frames, String node, Duration keep, InstantSource clock) {
    this.store = new StampedStore(frames, clock);
    this.frames = frames;
    this.node = node;
    this.keep = keep;
    this.clock = clock;
  }

  @Override
  public Position position(Origin source, Position remembered) {
    return SegmentFrames.position(store.mark(SegmentFrames.lane(source, node)));
  }

  @Override
  public CompletableFuture<Position> send(Segment segment) throws IOException {
    List<Frame> frame = List.of(SegmentFrames.pack(segment, node));
    Fate fate = store.store(frame).get(0);
    if (fate == Fate.FULL) {
      frames.release(frames.end(), (long) (frames.mostBytes() * AFTER_RELEASE));
      fate = store.store(frame).get(0);
    }
    if (fate == Fate.STORED || fate == Fate.KNOWN) {
      return CompletableFuture.completedFuture(segment.after());
    }
    throw new IOException("the local store answers " + fate);
  }

  /** Lets go of what is older than is wanted. */
  public void expire() throws IOException {
    if (!keep.isZero()) {
      store.expire(clock.instant().minus(keep), frames.end());
    }
  }

  /** How much disk it takes, in bytes. */
  public long bytes() {
    return frames.bytes();
  }

  @Override
  public void read(Reader reader) throws IOException {
    store.read((stored, frame) -> reader.accept(stored, SegmentFrames.unpack(frame)));
  }

  @Override
  public void close() {
    try {
      store.close();
    } catch (IOException e) {
      return; // what was acknowledged is durable
    }
  }
}
