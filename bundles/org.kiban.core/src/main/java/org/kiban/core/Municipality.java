package org.kiban.core;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One municipality as its configuration file declares it. Immutable.
 *
 * @param code its national code
 * @param name its name as people write it, for example 倉敷市
 * @param site where this node stands for it
 * @param environment whether its data is real
 * @param capabilities names of the capabilities that it switches on, for example {@code exchange};
 *     may name one that this distribution does not carry
 */
public record Municipality(
    MunicipalityCode code,
    String name,
    Site site,
    Environment environment,
    SortedSet<String> capabilities) {

  /** Copies the set, so that the record cannot be changed from outside. */
  public Municipality {
    capabilities = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(capabilities));
  }

  /**
   * Tells whether the municipality switches a capability on.
   *
   * @param capability a capability's name
   */
  public boolean has(String capability) {
    return capabilities.contains(capability);
  }
}
