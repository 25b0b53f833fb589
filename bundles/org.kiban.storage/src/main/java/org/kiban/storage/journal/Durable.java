package org.kiban.storage.journal;

import java.nio.file.Path;

/**
 * What of a journal is durable.
 *
 * @param last the last position
 * @param hash the chain hash there
 * @param segment the file it stands in
 * @param end the length of what is durable in that file
 */
record Durable(long last, byte[] hash, Path segment, long end) {

  /** How much of a segment file belongs to this state. */
  long limit(Path file) {
    return file.equals(segment) ? end : Long.MAX_VALUE;
  }
}
