package org.kiban.storage.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.kiban.core.storage.Journal.Base;
import org.kiban.core.storage.Journal.Dating;

/**
 * Lets go of a journal's old segments. The file {@code base} is written before the first of them is
 * removed, so that a crash between leaves what {@link #finish} removes, never a chain that nothing
 * vouches for.
 */
record Expiry(Segments segments) {

  private static final int STEPS = 16;
  private static final Duration SHORTEST_STEP = Duration.ofDays(1);

  /** What the oldest segment follows. */
  Base base() throws IOException {
    Path oldest = segments.list().get(0);
    return new Base(Segments.first(oldest) - 1, hashBefore(oldest));
  }

  /** Whether the newest segment goes back so far that it must not grow longer. */
  boolean isSealDue(Durable end, Instant now, Duration keep, Dating dating) throws IOException {
    Duration part = keep.dividedBy(STEPS);
    Duration step = part.compareTo(SHORTEST_STEP) < 0 ? SHORTEST_STEP : part;
    return begins(end.segment(), end, dating).isBefore(now.minus(step));
  }

  /**
   * Removes the segments that end before a moment.
   *
   * @return how many entries went
   */
  long expire(Durable end, Instant old, Dating dating) throws IOException {
    List<Path> files = segments.list();
    int kept = 0;
    // All of a segment is older than the beginning of the next one.
    while (kept + 1 < files.size() && begins(files.get(kept + 1), end, dating).isBefore(old)) {
      kept++;
    }
    if (kept == 0) {
      return 0;
    }
    Path oldest = files.get(kept);
    Anchor.of(segments.key(), Segments.first(oldest) - 1, hashBefore(oldest))
        .write(segments.files(), segments.directory().resolve(Anchor.BASE));
    remove(files.subList(0, kept));
    return Segments.first(oldest) - Segments.first(files.get(0));
  }

  /** Removes what a crash left of entries that were let go of. */
  void finish() throws IOException {
    Anchor base = segments.base();
    if (base == null) {
      return;
    }
    List<Path> files = segments.list();
    List<Path> left = files.stream().filter(f -> Segments.first(f) <= base.position()).toList();
    if (left.isEmpty()) {
      return; // whoever walks over the first entry compares it
    }
    if (left.size() == files.size()
        || Segments.first(files.get(left.size())) != base.position() + 1
        || !base.matches(segments.key(), hashBefore(files.get(left.size())))) {
      throw new DamagedException(1, "the file that says where the journal begins is damaged");
    }
    remove(left);
  }

  private static void remove(List<Path> files) throws IOException {
    for (Path file : files) {
      Files.delete(file);
    }
  }

  /** When the first entry of a segment was written; {@link Instant#MAX} if it has none. */
  private Instant begins(Path file, Durable end, Dating dating) throws IOException {
    try (SegmentReader reader = new SegmentReader(file, segments.key(), end.limit(file))) {
      if (reader.limit() <= SegmentHeader.BYTES) {
        return Instant.MAX;
      }
      return dating.of(first(reader, file).payloads().get(0));
    }
  }

  private byte[] hashBefore(Path file) throws IOException {
    if (Segments.first(file) == 1) {
      return Chain.origin();
    }
    try (SegmentReader reader = new SegmentReader(file, segments.key(), Long.MAX_VALUE)) {
      return first(reader, file).hashBefore();
    }
  }

  private static Frame.Content first(SegmentReader reader, Path file) throws IOException {
    Frame frame = reader.frame(SegmentHeader.BYTES);
    if (frame == null) {
      throw new DamagedException(Segments.first(file), "its header is damaged");
    }
    return reader.content(frame);
  }
}
