package org.kiban.core;

import java.util.List;
import java.util.SortedMap;

/**
 * What of a capability must still be there after the node came back as another version. Whoever
 * keeps state that an upgrade could lose registers one of these as an OSGi service, for the node or
 * for a municipality. The version that runs writes the facts down before it stops; the next one is
 * kept only if nothing of them is missing. Called from one thread at a time; may take as long as an
 * upgrade's trial.
 */
public interface Continuity {

  /** Names it among those of the node, the same in every version, for example {@code queues}. */
  String name();

  /**
   * What is there now.
   *
   * @return by names of its own; never a secret
   * @throws KibanException if it cannot say; the upgrade is then not begun
   */
  SortedMap<String, String> facts();

  /**
   * What is not as it was.
   *
   * @param before the facts that the version before wrote down; work may have gone on since
   * @return one line each, in English; empty if nothing is missing
   */
  List<String> missing(SortedMap<String, String> before);
}
