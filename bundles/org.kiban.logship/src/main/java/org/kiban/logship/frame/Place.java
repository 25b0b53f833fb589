package org.kiban.logship.frame;

/**
 * A place in a store, between two entries.
 *
 * @param volume the number of a journal
 * @param entry the position of the next entry in it
 */
public record Place(long volume, long entry) implements Comparable<Place> {

  /** Before everything. */
  public static final Place START = new Place(0, 1);

  @Override
  public int compareTo(Place other) {
    return volume != other.volume
        ? Long.compare(volume, other.volume)
        : Long.compare(entry, other.entry);
  }
}
