package org.kiban.logship.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.kiban.logship.destination.SegmentFrames;
import org.kiban.logship.frame.Frame;
import org.kiban.logship.frame.FrameSink.Fate;
import org.kiban.logship.frame.FrameStore;
import org.kiban.logship.frame.Lane;
import org.kiban.logship.frame.Mark;
import org.kiban.logship.frame.Place;
import org.kiban.logship.ship.Destination;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.Segment;

/**
 * Logs kept on this node, compressed and encrypted, to be searched where no network leads anywhere.
 * When it is full, the oldest go. Safe for any thread.
 */
public final class LocalStore implements Destination {

  /** A lane of nothing but times: each says when the frames behind it were stored. */
  private static final Lane CLOCK = new Lane("time", "local", "stored");

  /** Below this share of its room the store is brought when it is full. */
  private static final double AFTER_RELEASE = 0.9;

  private final FrameStore store;
  private final String node;
  private final InstantSource clock;

  /** Takes segments as they are read back. */
  @FunctionalInterface
  public interface Reader {
    /**
     * @param stored when it was stored
     * @throws IOException to stop reading
     */
    void accept(Instant stored, Segment segment) throws IOException;
  }

  /**
   * @param store closed with this
   * @param node this node's name
   */
  public LocalStore(FrameStore store, String node, InstantSource clock) {
    this.store = store;
    this.node = node;
    this.clock = clock;
  }

  @Override
  public Position position(Origin source, Position remembered) {
    return SegmentFrames.position(store.mark(SegmentFrames.lane(source, node)));
  }

  @Override
  public CompletableFuture<Position> send(Segment segment) throws IOException {
    Frame frame = SegmentFrames.pack(segment, node);
    Fate fate = store(frame);
    if (fate == Fate.FULL) {
      store.release(store.end(), (long) (store.mostBytes() * AFTER_RELEASE));
      fate = store(frame);
    }
    if (fate == Fate.STORED || fate == Fate.KNOWN) {
      return CompletableFuture.completedFuture(segment.after());
    }
    throw new IOException("the local store answers " + fate);
  }

  private synchronized Fate store(Frame frame) throws IOException {
    Mark before = store.mark(CLOCK);
    byte[] now = ByteBuffer.allocate(Long.BYTES).putLong(clock.millis()).array();
    Mark after = before.next(CLOCK.key(), before.offset() + Long.BYTES, 1, ByteBuffer.wrap(now));
    Frame time = Frame.pack(CLOCK, before, after, new byte[0], ByteBuffer.wrap(now));
    return store.store(List.of(time, frame)).get(1);
  }

  /** How much disk it takes, in bytes. */
  public long bytes() {
    return store.bytes();
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
            stored[0] = Instant.ofEpochMilli(frame.unpack().body().getLong());
          } else {
            reader.accept(stored[0], SegmentFrames.unpack(frame));
          }
        });
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
