package org.kiban.logship;

import org.kiban.logship.flow.LogAgent;

/** Who has logs: a municipality that switches the capability on. */
interface LogOwner {

  /** The municipality's code. */
  String code();

  /**
   * Its logs.
   *
   * @throws org.kiban.core.KibanException if its configuration cannot be used
   */
  LogAgent agent();
}
