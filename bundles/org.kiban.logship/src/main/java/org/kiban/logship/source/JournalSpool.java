package org.kiban.logship.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kiban.logship.frame.Frame;
import org.kiban.logship.frame.FrameSink.Fate;
import org.kiban.logship.frame.FrameStore;
import org.kiban.logship.frame.Lane;
import org.kiban.logship.frame.Mark;
import org.kiban.logship.frame.Place;

/**
 * Lines of a source that is no file, encrypted on disk until every destination has them. The cursor
 * of the source stands in the same entry as its lines: neither can be ahead of the other. Safe for
 * any thread.
 */
public final class JournalSpool implements Closeable {

  private static final class Enough extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final FrameStore store;
  private final Lane lane;
  private final TreeMap<Long, Long> starts = new TreeMap<>();
  private String cursor = "";

  /**
   * @param store closed with this
   * @param key names what is kept, ASCII
   * @throws IOException if it cannot be read
   */
  public JournalSpool(FrameStore store, String key) throws IOException {
    this.store = store;
    this.lane = new Lane("journal", "local", key);
    store.read(
        Place.START,
        (after, frame) -> {
          starts.putIfAbsent(after.volume(), frame.before().offset());
          cursor = StandardCharsets.UTF_8.decode(frame.unpack().meta()).toString();
        });
  }

  /** Where the source goes on; empty if nothing was taken yet. */
  synchronized String cursor() {
    return cursor;
  }

  /** How many bytes were ever taken. */
  long size() {
    return store.mark(lane).offset();
  }

  /** Where the oldest byte stands that is still here. */
  synchronized long first() {
    return starts.isEmpty() ? size() : starts.firstEntry().getValue();
  }

  /**
   * Keeps lines; durable on return.
   *
   * @param at the cursor of the last of them
   * @return whether there was room
   */
  synchronized boolean append(byte[] lines, int count, String at) throws IOException {
    Mark before = store.mark(lane);
    ByteBuffer body = ByteBuffer.wrap(lines);
    Mark after = before.next(lane.key(), before.offset() + lines.length, count, body);
    Frame frame = Frame.pack(lane, before, after, at.getBytes(StandardCharsets.UTF_8), body);
    if (store.store(List.of(frame)).get(0) != Fate.STORED) {
      return false;
    }
    starts.putIfAbsent(store.end().volume(), before.offset());
    cursor = at;
    return true;
  }

  /** Lets go of whole volumes that end before a place in the lines. */
  synchronized void release(long acknowledged) throws IOException {
    while (starts.size() > 1
        && starts.higherEntry(starts.firstKey()).getValue() <= acknowledged
        && store.drop(new Place(starts.higherKey(starts.firstKey()), 1))) {
      starts.pollFirstEntry();
    }
  }

  private synchronized Place begin(long offset) {
    Map.Entry<Long, Long> volume = null;
    for (Map.Entry<Long, Long> start : starts.entrySet()) {
      volume = start.getValue() <= offset ? start : volume;
    }
    return volume == null ? store.end() : new Place(volume.getKey(), 1);
  }

  /** A reader of its own place. */
  Stream.Reader open() {
    return new Reading();
  }

  @Override
  public void close() throws IOException {
    store.close();
  }

  /** Reads on where it was, or finds its place anew. */
  private final class Reading implements Stream.Reader {
    private long at = -1;
    private Place place = Place.START;

    @Override
    public int read(long offset, byte[] into, int most) throws IOException {
      if (offset < first()) {
        throw new IOException("what stood at " + offset + " is no longer kept");
      }
      if (offset != at) {
        place = begin(offset);
      }
      int[] count = {0};
      try {
        store.read(place, (after, frame) -> take(after, frame, offset, into, most, count));
      } catch (Enough e) {
        // the rest is for another time
      }
      at = offset + count[0];
      return count[0];
    }

    private void take(Place after, Frame frame, long from, byte[] into, int most, int[] count)
        throws IOException {
      long wanted = from + count[0];
      if (frame.after().offset() > wanted) {
        if (count[0] == most) {
          throw new Enough();
        }
        ByteBuffer body = frame.unpack().body();
        body.position((int) (wanted - frame.before().offset()));
        int length = Math.min(body.remaining(), most - count[0]);
        body.get(into, count[0], length);
        count[0] += length;
        if (body.hasRemaining()) {
          throw new Enough();
        }
      }
      place = after;
    }

    @Override
    public void close() {
      at = -1;
    }
  }
}
