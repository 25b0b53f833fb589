package org.kiban.storage.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds where a journal ended, when it is opened. Creates what is missing, and removes what a crash
 * left of entries that were let go of; changes nothing else.
 */
final class Recovery {

  private final Segments segments;

  Recovery(Segments segments) {
    this.segments = segments;
  }

  /**
   * The durable end.
   *
   * @throws IOException if an entry before a torn tail is damaged, a segment is missing, or the key
   *     is another
   */
  Durable run() throws IOException {
    Anchor anchor = segments.head();
    new Expiry(segments).finish();
    List<Path> files = segments.list();
    if (files.isEmpty()) {
      if (anchor != null) {
        throw new DamagedException(1, "all segments are missing");
      }
      files = List.of(segments.create(1, null, 0));
    }
    Path before = null;
    for (Path file : files) {
      try (SegmentReader reader = new SegmentReader(file, segments.key(), Long.MAX_VALUE)) {
        segments.checkPlace(reader.header(), file, before);
      }
      before = file;
    }
    Durable end = walk(files.get(files.size() - 1), true);
    if (end.hash() == null) {
      Durable sealed = walk(files.get(files.size() - 2), false);
      if (sealed.last() != end.last()) {
        throw new DamagedException(sealed.last() + 1, "the last segment does not follow");
      }
      end = new Durable(end.last(), sealed.hash(), end.segment(), end.end());
    }
    check(anchor, end);
    return end;
  }

  private Durable walk(Path file, boolean last) throws IOException {
    try (SegmentReader reader = new SegmentReader(file, segments.key(), Long.MAX_VALUE)) {
      long first = reader.header().first();
      Walk walk = new Walk(segments, first);
      long end = walk.segment(reader, last, entry -> {});
      return new Durable(walk.position(), walk.hash(), file, end);
    }
  }

  private void check(Anchor anchor, Durable end) throws IOException {
    if (anchor == null) {
      return;
    }
    if (anchor.position() <= 0 && !anchor.matches(segments.key(), Chain.origin())) {
      throw new DamagedException(1, "the file that says where the journal ended is damaged");
    }
    if (anchor.position() < end.last()) {
      return; // it grew after the anchor was written; verify() compares the entry in its middle
    }
    if (anchor.position() > end.last()) {
      throw new DamagedException(
          end.last() + 1, "missing; the journal once ended at " + anchor.position());
    }
    if (!anchor.matches(segments.key(), end.hash())) {
      throw new DamagedException(end.last(), "not the entry that the journal once ended with");
    }
  }
}
