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
    Instant seen) {

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
        now);
  }

  Known with(int longer, String hash) {
    return new Known(origin, path, key, generation, longer, hash, mark, size, seen);
  }

  Known with(Mark further) {
    return new Known(
        origin,
        path,
        key,
        generation,
        prefix,
        prefixHash,
        further,
        Math.max(size, further.offset()),
        seen);
  }

  /** Whether another differs in what must be remembered at once. */
  boolean isNews(Known other) {
    return other == null
        || !path.equals(other.path)
        || !key.equals(other.key)
        || prefix != other.prefix
        || !Objects.equals(origin, other.origin);
  }
}
