package org.kiban.logship.ship;

/**
 * How far a receiver has a source, durably.
 *
 * @param offset bytes of the source; the next segment begins there
 * @param events how many events these bytes held
 * @param chain hash of the chain up to here; {@link Chain#NONE} if nothing was sent
 */
public record Position(long offset, long events, Chain chain) {

  /** Nothing of a source. */
  public static final Position START = new Position(0, 0, Chain.NONE);
}
