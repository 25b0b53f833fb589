package org.kiban.logship.frame;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import org.kiban.core.storage.Journal;
import org.kiban.core.storage.Journals;

/**
 * Frames on disk, encrypted and chained, in volumes: journals of limited size, so that old ones can
 * be thrown away as a whole. How far each lane is stands in the same entries as the frames: it can
 * neither run ahead of them nor fall behind. Safe for any thread.
 */
public final class FrameStore implements FrameSink, Closeable {

  /**
   * How large it may get.
   *
   * @param mostBytes of all volumes; beyond it frames are refused
   * @param volumeBytes a volume of at least this size is followed by another
   */
  public record Room(long mostBytes, long volumeBytes) {}

  /** Takes frames in the order in which they were stored. */
  @FunctionalInterface
  public interface Reader {
    /**
     * @param after the place behind the frame
     */
    void accept(Place after, Frame frame) throws IOException;
  }

  private final OldVolumes volumes;
  private final Journals journals;
  private final SecretKey key;
  private final Room room;
  private final Map<Lane, Mark> marks = new HashMap<>();
  private final TreeMap<Long, Long> sealed = new TreeMap<>();
  private Journal journal;
  private long volume;
  private long written;

  /**
   * Opens a store; what a crash cut off is gone, and was never acknowledged.
   *
   * @param directory its own; exists
   * @throws IOException if it cannot be read
   */
  public FrameStore(Path directory, Journals journals, SecretKey key, Room room)
      throws IOException {
    this.volumes = new OldVolumes(directory, journals, key);
    this.journals = journals;
    this.key = key;
    this.room = room;
    for (long number : volumes.numbers()) {
      sealed.put(number, volumes.size(number));
    }
    volume = sealed.isEmpty() ? 1 : sealed.lastKey();
    journal = journals.open(volumes.path(volume), key);
    written = volumes.size(volume);
    if (journal.last() == 0) {
      recoverMarks();
      write(journal, List.of(Volume.entry(marks)));
    } else {
      collectMarks(journal);
    }
    sealed.remove(volume);
  }

  @Override
  public synchronized Mark mark(Lane lane) {
    return marks.getOrDefault(lane, Mark.START);
  }

  /** How far every lane is. */
  public synchronized Map<Lane, Mark> marks() {
    return Map.copyOf(marks);
  }

  @Override
  public synchronized List<Fate> store(List<Frame> frames) throws IOException {
    Map<Lane, Mark> next = new HashMap<>();
    Set<Lane> stopped = new HashSet<>();
    List<Fate> fates = new ArrayList<>();
    List<byte[]> entries = new ArrayList<>();
    long bytes = bytes();
    for (Frame frame : frames) {
      Fate fate = fate(frame, next.getOrDefault(frame.lane(), mark(frame.lane())), bytes);
      if (stopped.contains(frame.lane()) && fate == Fate.STORED) {
        fate = Fate.OUT_OF_PLACE;
      }
      if (fate == Fate.STORED) {
        next.put(frame.lane(), frame.after());
        entries.add(Volume.entry(frame));
        bytes += frame.packed().length;
      } else if (fate != Fate.KNOWN) {
        stopped.add(frame.lane());
      }
      fates.add(fate);
    }
    append(entries);
    marks.putAll(next);
    return fates;
  }

  /** Behind the last frame. */
  public synchronized Place end() {
    return new Place(volume, journal.last() + 1);
  }

  /** Before the oldest frame that is still here. */
  public synchronized Place begin() {
    return new Place(sealed.isEmpty() ? volume : sealed.firstKey(), 1);
  }

  /**
   * Reads the frames from a place to the end that there is now; others may store meanwhile.
   *
   * @throws IOException if an entry is damaged or the reader stops
   */
  public void read(Place from, Reader reader) throws IOException {
    Place end = end();
    for (long number : volumes.numbers()) {
      if (number < from.volume() || number > end.volume()) {
        continue;
      }
      long first = number == from.volume() ? from.entry() : 1;
      if (number == end.volume() && first >= end.entry()) {
        continue;
      }
      readVolume(number, first, reader);
    }
  }

  /**
   * Throws away whole volumes, the oldest first, that end before a place.
   *
   * @param before what must stay
   * @param mostBytes stops as soon as all together are not larger
   */
  public synchronized void release(Place before, long mostBytes) throws IOException {
    while (bytes() > mostBytes && drop(before)) {
      continue;
    }
  }

  /**
   * Throws away the oldest volume if it ends before a place and is not being written.
   *
   * @param before what must stay
   * @return whether it is gone
   */
  public synchronized boolean drop(Place before) throws IOException {
    if (sealed.isEmpty() || sealed.firstKey() >= before.volume()) {
      return false;
    }
    volumes.remove(sealed.firstKey());
    sealed.pollFirstEntry();
    return true;
  }

  /** Goes on in another volume, if the present one holds frames. */
  public synchronized void seal() throws IOException {
    if (journal.last() > 1) {
      roll();
    }
  }

  /** How much disk it takes. */
  public synchronized long bytes() {
    return written + sealed.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How much disk it may take. */
  public long mostBytes() {
    return room.mostBytes();
  }

  @Override
  public synchronized void close() throws IOException {
    journal.close();
  }

  private Fate fate(Frame frame, Mark mark, long bytes) {
    if (frame.before().equals(mark)) {
      return bytes + frame.packed().length > room.mostBytes() ? Fate.FULL : Fate.STORED;
    }
    return frame.after().offset() <= mark.offset() && frame.after().count() <= mark.count()
        ? Fate.KNOWN
        : Fate.OUT_OF_PLACE;
  }

  private void append(List<byte[]> entries) throws IOException {
    if (entries.isEmpty()) {
      return;
    }
    if (written >= room.volumeBytes()) {
      roll();
    }
    write(journal, entries);
  }

  /** Counts what is written, since the journal takes room ahead of it. */
  private void write(Journal to, List<byte[]> entries) throws IOException {
    to.append(entries);
    written += entries.stream().mapToLong(e -> e.length).sum();
  }

  private void roll() throws IOException {
    Journal next = journals.open(volumes.path(volume + 1), key);
    long begun = volumes.size(volume + 1);
    byte[] first = Volume.entry(marks);
    try {
      next.append(List.of(first));
    } catch (IOException e) {
      next.close();
      throw e;
    }
    journal.close();
    sealed.put(volume, volumes.size(volume));
    journal = next;
    volume++;
    written = begun + first.length;
  }

  private void readVolume(long number, long from, Reader reader) throws IOException {
    Visit visit = new Visit(number, reader);
    Journal current = current(number);
    if (current != null) {
      Volume.read(current, from, visit);
      return;
    }
    volumes.read(number, from, visit);
  }

  private synchronized Journal current(long number) {
    return number == volume ? journal : null;
  }

  private record Visit(long number, Reader reader) implements Volume.Visitor {
    @Override
    public void marks(Map<Lane, Mark> marks) {
      // Only who opens the store needs them.
    }

    @Override
    public void frame(long position, Frame frame) throws IOException {
      reader.accept(new Place(number, position + 1), frame);
    }
  }

  /** The newest volume was begun and has nothing yet: the one before knows. */
  private void recoverMarks() throws IOException {
    Long before = sealed.lowerKey(volume);
    if (before != null) {
      try (Journal old = journals.open(volumes.path(before), key)) {
        collectMarks(old);
      }
    }
  }

  private void collectMarks(Journal from) throws IOException {
    Volume.read(
        from,
        1,
        new Volume.Visitor() {
          @Override
          public void marks(Map<Lane, Mark> known) {
            marks.putAll(known);
          }

          @Override
          public void frame(long position, Frame frame) {
            marks.put(frame.lane(), frame.after());
          }
        });
  }
}
