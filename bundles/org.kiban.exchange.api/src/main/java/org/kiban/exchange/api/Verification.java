package org.kiban.exchange.api;

import java.util.List;

/**
 * What a walk over the ledger found.
 *
 * @param entries entries in the chain
 * @param deliveries deliveries compared
 * @param files delivered files that still lie with their consumers and were compared
 * @param head SHA-256 of the chain's last entry, hexadecimal
 * @param findings what is not as it was written; empty if all is well
 */
public record Verification(
    long entries, long deliveries, long files, String head, List<Finding> findings) {

  /**
   * One damaged thing.
   *
   * @param where {@code entry 17}, {@code delivery 4}, or a path
   * @param problem what is wrong with it
   */
  public record Finding(String where, String problem) {}
}
