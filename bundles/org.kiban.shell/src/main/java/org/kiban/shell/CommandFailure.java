package org.kiban.shell;

import java.util.Locale;
import org.apache.karaf.shell.support.CommandException;
import org.kiban.core.KibanException;

/** A command's coded failure as Karaf's shell prints it, with the status to exit with. */
public final class CommandFailure extends CommandException {

  private static final long serialVersionUID = 1L;

  private final String text;
  private final int exitStatus;

  CommandFailure(KibanException cause, Locale locale) {
    super(cause.getMessage(), cause);
    this.text = cause.describe(locale);
    this.exitStatus = cause.outcome().exitStatus();
  }

  /** The failure in the operator's language: code, cause, next step. */
  @Override
  public String getNiceHelp() {
    return text;
  }

  /** 1 failed, 2 usage, 3 refused, 4 partly done. */
  public int exitStatus() {
    return exitStatus;
  }
}
