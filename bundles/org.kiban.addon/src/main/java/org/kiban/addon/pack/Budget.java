package org.kiban.addon.pack;

/** What is left of a package's limits while it is read. Used by one thread. */
final class Budget {

  private final Limits limits;
  private long bytes;
  private int entries;

  Budget(Limits limits) {
    this.limits = limits;
  }

  /** Notes the entries of an archive before its directory is read. */
  void takeEntries(String place, int count) {
    entries += count;
    if (entries > limits.entries()) {
      throw PackMessage.TOO_LARGE.refuse(place, limits.entries() + " entries");
    }
  }

  /** Notes an entry before it is unpacked. */
  void take(String entry, long packed, long size) {
    check(entry, packed, size);
    bytes += size;
    if (bytes > limits.totalBytes()) {
      throw PackMessage.TOO_LARGE.refuse(entry, limits.totalBytes() + " bytes in all");
    }
  }

  /** Refuses an entry that is too large by itself. */
  void check(String entry, long packed, long size) {
    if (size > limits.entryBytes()) {
      throw PackMessage.TOO_LARGE.refuse(entry, limits.entryBytes() + " bytes");
    }
    if (size > Limits.SMALL && size / limits.ratio() > packed) {
      throw PackMessage.BOMB.refuse(entry, limits.ratio());
    }
  }
}
