package org.kiban.audit;

import java.util.List;

/**
 * The state of the whole ledger.
 *
 * @param entries how many
 * @param head the hash of the last, in hexadecimal digits
 * @param damages what is wrong, in English; empty if every byte is as it was written
 */
public record Chain(long entries, String head, List<String> damages) {

  /** Copies the list. */
  public Chain {
    damages = List.copyOf(damages);
  }
}
