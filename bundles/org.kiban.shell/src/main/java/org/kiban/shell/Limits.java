package org.kiban.shell;

import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/** How many lines an operator wants to see. Pure functions. */
public final class Limits {

  private Limits() {}

  /**
   * Checks a number that was typed.
   *
   * @return the same
   * @throws KibanException (usage) if it is less than 1
   */
  public static int check(int limit) {
    if (limit < 1) {
      throw new KibanException(Outcome.USAGE, ShellMessage.BAD_LIMIT, limit);
    }
    return limit;
  }
}
