package org.kiban.shell;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.kiban.core.KibanException;

/**
 * A shell command: parses (Karaf does), calls one service method, prints one table. One about a
 * municipality names it by its first argument, {@code municipality} or {@code code}, and is refused
 * before it runs if the caller has no role for that municipality. A {@link KibanException} becomes
 * its coded text in the operator's language and, as the cause, gives {@code bin/kiban exec} its
 * exit status; anything else is a bug and reaches the log.
 */
public abstract class KibanAction implements Action {

  @Reference private Session session;

  /** Sets the session; Karaf injects it, tests call this. */
  public void setSession(Session session) {
    this.session = session;
  }

  @Override
  public final Object execute() throws Exception {
    Terminal terminal = new Terminal(session);
    try {
      Reach.require(this);
      run(terminal);
      return null;
    } catch (KibanException e) {
      // Exactly this class: Karaf prints its text as it is, and logs any other as a bug.
      throw new CommandException(e.describe(terminal.locale()), e.getMessage(), e);
    }
  }

  /** The name by which the operator logged in, for records of who did what. */
  protected final String user() {
    return Reach.user();
  }

  /**
   * Refuses to show what is about a municipality that the caller's roles do not reach, for a
   * command that does not name it.
   *
   * @param code null for what is about all municipalities
   * @throws KibanException (refused) if so
   */
  protected final void require(String code) {
    Reach.require(code);
  }

  /**
   * Does the command's work.
   *
   * @param terminal where to print
   * @throws Exception a {@link KibanException} for what an operator can mend
   */
  protected abstract void run(Terminal terminal) throws Exception;
}
