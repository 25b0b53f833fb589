package org.kiban.storage.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.kiban.core.backup.BackupSource.Staging;
import org.kiban.core.storage.DurableFiles;

/** The segment files of one journal: {@code <first position, 20 digits>.segment}. */
record Segments(Path directory, SecretKey key, DurableFiles files) {

  private static final String SUFFIX = ".segment";

  /** The files in the order of their positions. */
  List<Path> list() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  /**
   * Creates the segment that begins with a position; it is whole on disk or not there.
   *
   * @param before the segment before it, or null
   * @param lengthBefore its length
   */
  Path create(long first, Path before, long lengthBefore) throws IOException {
    Path file = directory.resolve(String.format("%020d%s", first, SUFFIX));
    SegmentHeader header =
        SegmentHeader.create(first, before == null ? 0 : first(before), lengthBefore);
    files.write(file, out -> out.write(header.bytes(key)));
    return file;
  }

  /** Where the chain begins if entries were let go of; null if none were. */
  Anchor base() throws IOException {
    return Anchor.read(directory.resolve(Anchor.BASE));
  }

  /** Where the journal ended some time ago; null if nobody knows. */
  Anchor head() throws IOException {
    return Anchor.read(directory.resolve(Anchor.HEAD));
  }

  /** Remembers where the journal ends. */
  void head(long position, byte[] hash) throws IOException {
    Anchor.of(key, position, hash).write(files, directory.resolve(Anchor.HEAD));
  }

  /** The position that a file's name says. */
  static long first(Path file) {
    String name = file.getFileName().toString();
    try {
      return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /**
   * Checks that a segment stands where it belongs.
   *
   * @param before the segment before it, or null
   * @throws DamagedException if one is missing or has another length than when it was sealed
   */
  void checkPlace(SegmentHeader header, Path file, Path before) throws IOException {
    if (header.first() != first(file)) {
      throw new DamagedException(header.first(), file.getFileName() + " has a wrong name");
    }
    if (before == null && header.first() != 1) {
      Anchor base = base();
      if (base == null || base.position() != header.first() - 1) {
        throw new DamagedException(1, "the first segment is missing");
      }
      return; // what stood before was let go of
    }
    long first = before == null ? 0 : first(before);
    long length = before == null ? 0 : Files.size(before);
    if (first != header.firstBefore() || length != header.lengthBefore()) {
      throw new DamagedException(
          Math.min(header.firstBefore(), Math.max(1, first)),
          "the segment before " + file.getFileName() + " is missing, cut or longer than it was");
    }
  }

  /** Copies what is durable while nothing is written: the anchor first, the last segment cut. */
  void copy(Durable end, Staging staging) throws IOException {
    for (String name : List.of(Anchor.HEAD, Anchor.BASE)) {
      Path anchor = directory.resolve(name);
      if (Files.exists(anchor)) {
        Files.copy(anchor, staging.standIn(anchor));
      }
    }
    for (Path segment : list()) {
      if (segment.equals(end.segment())) {
        begin(segment, end.end(), staging.standIn(segment));
      } else {
        staging.keep(segment);
      }
    }
  }

  private static void begin(Path segment, long length, Path copy) throws IOException {
    try (FileChannel from = FileChannel.open(segment, StandardOpenOption.READ);
        FileChannel to =
            FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long done = 0;
      while (done < length) {
        done += from.transferTo(done, length - done, to);
      }
    }
  }
}
