package org.kiban.addon.pack;

/**
 * How large packages may be.
 *
 * @param packageBytes of the file
 * @param entryBytes of one unpacked entry, also inside bundles
 * @param totalBytes of all unpacked entries together, those inside bundles too
 * @param entries how many, those inside bundles too
 * @param ratio unpacked to packed size, for entries of more than 1 MiB
 */
public record Limits(long packageBytes, long entryBytes, long totalBytes, int entries, int ratio) {

  /** What a node uses: 64 MiB, 32 MiB an entry (held in memory), 256 MiB in all, 50,000 entries. */
  public static final Limits DEFAULT = new Limits(64L << 20, 32L << 20, 256L << 20, 50_000, 200);

  /** Below it the ratio says nothing. */
  static final long SMALL = 1L << 20;
}
