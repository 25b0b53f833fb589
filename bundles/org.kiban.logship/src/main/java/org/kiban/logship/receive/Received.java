package org.kiban.logship.receive;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.kiban.logship.destination.SegmentFrames;
import org.kiban.logship.frame.Frame;
import org.kiban.logship.frame.FrameSink;
import org.kiban.logship.frame.FrameStore;
import org.kiban.logship.frame.Lane;
import org.kiban.logship.frame.Mark;
import org.kiban.logship.frame.Place;
import org.kiban.logship.frame.StampedStore;
import org.kiban.logship.local.Archive;

/**
 * What one municipality has received, and the ways on. Throws old volumes away once every way on
 * has them and room gets scarce, or they are old; without a way on it keeps everything until it is
 * full, or for as long as is wanted.
 */
final class Received implements FrameSink, Archive, Closeable {

  private static final double SCARCE = 0.8;
  private static final double FULL = 0.95;

  private final StampedStore stamped;
  private final FrameStore store;
  private final List<Forwarder> forwarders;

  /**
   * @param store closed with this
   * @param forwarders of that store, closed with this
   */
  Received(StampedStore store, List<Forwarder> forwarders) {
    this.stamped = store;
    this.store = store.frames();
    this.forwarders = List.copyOf(forwarders);
  }

  @Override
  public Mark mark(Lane lane) {
    return store.mark(lane);
  }

  @Override
  public List<Fate> store(List<Frame> frames) throws IOException {
    makeRoom();
    return stamped.store(frames);
  }

  /** What keeps ways on from going on. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (Forwarder forwarder : forwarders) {
      if (!forwarder.problem().isEmpty()) {
        problems.add(forwarder.problem());
      }
    }
    return problems;
  }

  /** Whether senders are refused for want of room. */
  boolean isFull() {
    return store.bytes() > store.mostBytes() * FULL;
  }

  @Override
  public void close() throws IOException {
    forwarders.forEach(Forwarder::close);
    store.close();
  }

  @Override
  public void read(Reader reader) throws IOException {
    stamped.read(
        (stored, frame) -> {
          if (frame.lane().kind().equals(SegmentFrames.KIND)) {
            reader.accept(stored, SegmentFrames.unpack(frame));
          }
        });
  }

  /** Lets go of what is older than a moment and has gone every way on. */
  void expire(Instant old) throws IOException {
    stamped.expire(old, everywhere());
  }

  private Place everywhere() {
    return forwarders.stream().map(Forwarder::done).min(Place::compareTo).orElseGet(store::end);
  }

  private void makeRoom() throws IOException {
    long enough = (long) (store.mostBytes() * SCARCE);
    if (!forwarders.isEmpty() && store.bytes() > enough) {
      store.release(everywhere(), enough);
    }
  }
}
