package org.kiban.storage.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.kiban.core.storage.Journal;

/** Walks the frames of segments in order and follows the hash chain. Not safe for threads. */
final class Walk {

  private static final long UNKNOWN = -1;

  private final Segments segments;
  private final Anchor base;
  private final Chain chain = new Chain();
  private long position;
  private byte[] hash;

  /**
   * @param segments what to walk
   * @param first the position of the first entry to be walked over; what it follows is known if it
   *     is the journal's first, or the first that was kept, else its frame is trusted
   */
  Walk(Segments segments, long first) throws IOException {
    this.segments = segments;
    this.base = segments.base();
    this.position = first - 1;
    this.hash = first == 1 ? Chain.origin() : null;
  }

  /** The last position walked over. */
  long position() {
    return position;
  }

  /** The chain hash there, or null if nothing was walked over and none was given. */
  byte[] hash() {
    return hash;
  }

  /** Goes on after damage: with a position, and with whatever hash the next frame says. */
  void resume(long position) {
    this.position = position;
    this.hash = null;
  }

  /** Checks a frame against the chain and steps over it. */
  void step(SegmentReader reader, Frame frame, Journal.Reader to) throws IOException {
    if (frame.position() != position + 1) {
      throw new DamagedException(
          Math.min(position + 1, frame.position()),
          "entry " + frame.position() + " stands where " + (position + 1) + " belongs");
    }
    Frame.Content content = reader.content(frame);
    if (!follows(content.hashBefore())) {
      throw new DamagedException(frame.position(), "it does not follow the entry before it");
    }
    byte[] next = content.hashBefore();
    long at = position;
    for (byte[] payload : content.payloads()) {
      next = chain.next(next, ++at, payload);
      to.accept(new Journal.Entry(at, payload, next));
    }
    position = at;
    hash = next;
  }

  private boolean follows(byte[] before) {
    if (hash != null) {
      return Arrays.equals(hash, before);
    }
    return base == null || base.position() != position || base.matches(segments.key(), before);
  }

  /**
   * Walks one segment to the last whole frame.
   *
   * @return the offset behind it
   * @throws DamagedException if an entry is damaged; a write that a crash cut is none
   */
  long segment(SegmentReader reader, boolean last, Journal.Reader to) throws IOException {
    long offset = SegmentHeader.BYTES;
    while (offset < reader.limit()) {
      try {
        Frame frame = require(reader.frame(offset));
        step(reader, frame, to);
        offset = frame.end();
      } catch (DamagedException e) {
        if (last && (reader.blank(offset) || reader.torn(offset))) {
          return offset;
        }
        throw e;
      }
    }
    return offset;
  }

  private Frame require(Frame frame) throws DamagedException {
    if (frame == null) {
      throw new DamagedException(position + 1, "its header is damaged");
    }
    return frame;
  }

  /** Hands over the entries of one segment from a position on. */
  void read(SegmentReader reader, long from, Journal.Reader to) throws IOException {
    long offset = SegmentHeader.BYTES;
    while (offset < reader.limit()) {
      Frame frame = require(reader.frame(offset));
      if (frame.last() < from && frame.position() == position + 1) {
        resume(frame.last());
      } else {
        step(reader, frame, entry -> hand(entry, from, to));
      }
      offset = frame.end();
    }
  }

  private static void hand(Journal.Entry entry, long from, Journal.Reader to) throws IOException {
    if (entry.position() >= from) {
      to.accept(entry);
    }
  }

  /**
   * Finds every damaged place up to the durable end of the journal.
   *
   * @param end where it ends
   * @param each entry that can be trusted on its own
   * @return the damaged places in order
   */
  List<Journal.Damage> verify(Durable end, Journal.Reader each) throws IOException {
    List<Journal.Damage> found = new ArrayList<>();
    Path before = null;
    for (Path file : segments.list()) {
      try (SegmentReader reader = new SegmentReader(file, segments.key(), end.limit(file))) {
        long first = reader.header().first();
        if (first > end.last() + 1) {
          break; // begun by the writer after this walk started
        }
        if (position == UNKNOWN) {
          resume(first - 1);
        }
        checkPlace(reader, file, before, found);
        verify(reader, each, found);
      } catch (IOException e) {
        found.add(new Journal.Damage(Segments.first(file), e.getMessage()));
        resume(UNKNOWN);
      }
      before = file;
    }
    if (position != UNKNOWN && position != end.last()) {
      found.add(
          new Journal.Damage(
              Math.min(position, end.last()) + 1,
              "the journal ends at " + position + ", not " + end.last()));
    }
    return found;
  }

  private void checkPlace(SegmentReader reader, Path file, Path before, List<Journal.Damage> found)
      throws IOException {
    try {
      segments.checkPlace(reader.header(), file, before);
    } catch (DamagedException e) {
      found.add(new Journal.Damage(e.position(), e.reason()));
      resume(reader.header().first() - 1);
    }
  }

  private void verify(SegmentReader reader, Journal.Reader each, List<Journal.Damage> found)
      throws IOException {
    long offset = SegmentHeader.BYTES;
    while (offset >= 0 && offset < reader.limit()) {
      Frame frame = reader.frame(offset);
      try {
        step(reader, require(frame), each);
        offset = frame.end();
      } catch (DamagedException e) {
        found.add(new Journal.Damage(e.position(), e.reason()));
        offset = frame == null ? reader.next(offset + 1) : reader.next(after(reader, frame));
        Frame next = offset < 0 ? null : reader.frame(offset);
        resume(next == null ? position : next.position() - 1);
      }
    }
  }

  /** Where to look for the next frame after one that cannot be trusted. */
  private static long after(SegmentReader reader, Frame frame) {
    return frame.end() <= reader.limit() ? frame.end() : frame.offset() + 1;
  }
}
