package org.kiban.core;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A failure that an operator is to read: it has a code, a cause in words and a next step. Arguments
 * never hold a secret, a 個人番号 or a row's values.
 */
public class KibanException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient MessageCode code;
  private final Outcome outcome;
  private final transient Object[] args;

  /**
   * @param outcome how the operation ended
   * @param code what happened
   * @param args for the placeholders of the code's texts
   */
  public KibanException(Outcome outcome, MessageCode code, Object... args) {
    this(null, outcome, code, args);
  }

  /**
   * @param cause the technical cause, for the log at DEBUG
   * @param outcome how the operation ended
   * @param code what happened
   * @param args for the placeholders of the code's texts
   */
  public KibanException(Throwable cause, Outcome outcome, MessageCode code, Object... args) {
    super(code.line(args), cause);
    this.outcome = outcome;
    this.code = code;
    this.args = args.clone();
  }

  /** What happened. */
  public MessageCode code() {
    return code;
  }

  /** What the placeholders of the code's texts stand for, as texts. */
  public List<String> arguments() {
    return Arrays.stream(args).map(String::valueOf).toList();
  }

  /** How the operation ended. */
  public Outcome outcome() {
    return outcome;
  }

  /**
   * What happened and why, without the code.
   *
   * @param locale the reader's
   */
  public String text(Locale locale) {
    return code.text(locale, args);
  }

  /**
   * The text and the next step for an operator, one line each.
   *
   * @param locale the reader's
   */
  public String describe(Locale locale) {
    return code.code()
        + ": "
        + code.text(locale, args)
        + System.lineSeparator()
        + "  → "
        + code.action(locale, args);
  }
}
