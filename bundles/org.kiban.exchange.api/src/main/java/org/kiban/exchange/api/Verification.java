package org.kiban.exchange.api;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a walk over the ledger found.
 *
 * @param entries entries in the chain
 * @param deliveries deliveries compared
 * @param files delivered files that still lie with their consumers and were compared
 * @param head SHA-256 of the chain's last entry, hexadecimal
 * @param findings what is not as it was written; empty if all is well
 * @param trust number of entries by how far their time could be believed: trusted, holdover,
 *     untrusted, or unknown in entries of before that was written
 * @param jumps the first entry after each time that the system's clock went backwards; no damage
 */
public record Verification(
    long entries,
    long deliveries,
    long files,
    String head,
    List<Finding> findings,
    Map<String, Long> trust,
    List<Finding> jumps) {

  /** Copies what may change. */
  public Verification {
    findings = List.copyOf(findings);
    trust = new TreeMap<>(trust);
    jumps = List.copyOf(jumps);
  }

  /**
   * One damaged thing.
   *
   * @param where {@code entry 17}, {@code delivery 4}, or a path
   * @param problem what is wrong with it
   */
  public record Finding(String where, String problem) {}
}
