package org.kiban.storage.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
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
      throw new DamagedException(1, "the first segment is missing");
    }
    long first = before == null ? 0 : first(before);
    long length = before == null ? 0 : Files.size(before);
    if (first != header.firstBefore() || length != header.lengthBefore()) {
      throw new DamagedException(
          Math.min(header.firstBefore(), Math.max(1, first)),
          "the segment before " + file.getFileName() + " is missing, cut or longer than it was");
    }
  }
}
