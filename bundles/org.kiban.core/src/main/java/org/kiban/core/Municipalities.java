package org.kiban.core;

import java.util.List;
import java.util.Optional;

/**
 * The municipalities that this node serves now, as declared in {@code
 * etc/org.kiban.municipality~<code>.cfg.json}. An OSGi service. Answers come from memory and never
 * block; each call sees one consistent set. Safe for any thread.
 */
public interface Municipalities {

  /** Returns all, by ascending code; a new list at each call. */
  List<Municipality> all();

  /**
   * Returns the municipality with this code, or nothing if the node does not serve it.
   *
   * @param code a code
   */
  Optional<Municipality> find(MunicipalityCode code);

  /**
   * Returns the municipality with this code.
   *
   * @param code the text of a code as an operator typed it
   * @throws KibanException (usage) if it is not a valid code or the node does not serve it,
   *     (refused) if it is switched off
   */
  Municipality require(String code);
}
