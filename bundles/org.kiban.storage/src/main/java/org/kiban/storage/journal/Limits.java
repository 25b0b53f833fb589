package org.kiban.storage.journal;

/**
 * Sizes of a journal's files.
 *
 * @param segmentBytes a segment at least this long is sealed and a new one begun
 * @param aheadBytes zeros written ahead of the entries, so that a sync need not change the file's
 *     length; 0 for none
 * @param groupBytes how much of waiting appends is written with one sync
 * @param anchorMs how long after an entry the file that says where the journal ends is written,
 *     milliseconds; 0 for at once
 */
record Limits(long segmentBytes, int aheadBytes, int groupBytes, long anchorMs) {

  static final Limits DEFAULT = new Limits(64 << 20, 1 << 20, 4 << 20);

  Limits(long segmentBytes, int aheadBytes, int groupBytes) {
    this(segmentBytes, aheadBytes, groupBytes, 5_000);
  }
}
