package org.kiban.logship.source;

import java.time.Instant;
import java.util.Objects;
import org.kiban.logship.ship.Origin;

/**
 * A file that was seen, as it is remembered over restarts. Immutable.
 *
 * @param origin its identity
 * @param path where it was last seen
 * @param key what the system knew it by there
 * @param generation how many files had this key before it
 * @param prefix how many of its first bytes were hashed
 * @param prefixHash SHA-256 of them, in hexadecimal digits
 * @param mark the furthest place that was read
 * @param size the most that it was seen to have
 * @param begin where the first byte stands that is wanted
 * @param packed what it is as a compressed file; {@link Packed#NONE} if it is none
 * @param seen when it was last seen
 */
record Known(
    Origin origin,
    String path,
    Found.Key key,
    int generation,
    int prefix,
    String prefixHash,
    Mark mark,
    long size,
    long begin,
    Packed packed,
    Instant seen) {

  /**
   * A compressed file that was read to its end: while it is the same there is nothing more in it.
   *
   * @param bytes compressed
   * @param modified when it was last written
   * @param end where it ends, uncompressed; -1 while nobody has read so far
   */
  record Packed(long bytes, Instant modified, long end) {

    /** No compressed file. */
    static final Packed NONE = new Packed(-1, Instant.EPOCH, -1);

    /** What is known of a file as it is found now, if this was known of it before. */
    Packed at(Found file) {
      if (!file.isCompressed()) {
        return NONE;
      }
      return is(file) ? this : new Packed(file.size(), file.modified(), -1);
    }

    boolean is(Found file) {
      return file.isCompressed() && file.size() == bytes && file.modified().equals(modified);
    }
  }

  Known at(Found file, long plainSize, Instant now) {
    Found.Key best = file.key().birth() == 0 && file.key().matches(key) ? key : file.key();
    return new Known(
        origin,
        file.path().toString(),
        best,
        generation,
        prefix,
        prefixHash,
        mark,
        Math.max(size, plainSize),
        begin,
        packed.at(file),
        now);
  }

  Known with(int longer, String hash) {
    return new Known(origin, path, key, generation, longer, hash, mark, size, begin, packed, seen);
  }

  Known with(Mark further, long end) {
    Packed now = end < 0 ? packed : new Packed(packed.bytes(), packed.modified(), end);
    return new Known(
        origin,
        path,
        key,
        generation,
        prefix,
        prefixHash,
        further,
        Math.max(size, further.offset()),
        begin,
        now,
        seen);
  }

  /** Whether another differs in what must be remembered at once. */
  boolean isNews(Known other) {
    return other == null
        || !path.equals(other.path)
        || !key.equals(other.key)
        || prefix != other.prefix
        || !packed.equals(other.packed)
        || !Objects.equals(origin, other.origin);
  }
}
