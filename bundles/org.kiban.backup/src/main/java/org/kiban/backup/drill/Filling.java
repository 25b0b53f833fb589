package org.kiban.backup.drill;

import java.io.IOException;

/** Brings into a sibling what it is to be. */
@FunctionalInterface
public interface Filling {

  /**
   * Fills its data and its configuration.
   *
   * @throws org.kiban.core.KibanException if it cannot be restored
   */
  void fill(Sibling sibling) throws IOException;
}
