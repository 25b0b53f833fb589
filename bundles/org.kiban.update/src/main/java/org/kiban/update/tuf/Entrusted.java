package org.kiban.update.tuf;

import java.util.List;
import org.kiban.core.KibanException;

/**
 * What a file of targets entrusts to other roles, as clients read it: for tools that write one.
 * Whether its signatures hold is not asked here. Immutable.
 */
public final class Entrusted {

  private final List<Delegation> delegations;

  /**
   * Reads a file.
   *
   * @param name for messages
   * @param content the whole document
   * @throws KibanException if clients would refuse it
   */
  public Entrusted(String name, byte[] content) {
    Metadata targets = Metadata.parse(name, content, "targets");
    Target.list(targets);
    this.delegations = Delegation.of(targets);
  }

  /** Whether a role may speak of a target. */
  public boolean covers(String role, String path) {
    return delegations.stream().anyMatch(d -> d.role().equals(role) && d.covers(path));
  }
}
