package org.kiban.backup.repository;

/** A large set of ids in flat arrays. Not safe for several threads. */
public final class IdSet {

  private static final Location HERE = new Location(0, 0, 0, 0);

  private final BlobTable table = new BlobTable();

  /** Returns whether it was not in. */
  public boolean add(Id id) {
    int before = table.size();
    table.put(id, HERE);
    return table.size() > before;
  }

  /** Whether it is in. */
  public boolean contains(Id id) {
    return table.contains(id);
  }
}
