package org.kiban.exchange.declaration;

import java.util.List;
import java.util.Locale;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.exchange.ExchangeMessage;

/** A declaration is wrong; it says all that is. */
public final class DeclarationRefused extends KibanException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  DeclarationRefused(String file, List<Problem> problems) {
    super(
        Outcome.REFUSED,
        ExchangeMessage.DECLARATION_REFUSED,
        file,
        problems.size(),
        problems.get(0).text(Locale.ROOT),
        problems.get(0).text(Locale.JAPANESE));
    this.problems = List.copyOf(problems);
  }

  /** In the order of the file; at least one. */
  public List<Problem> problems() {
    return problems;
  }
}
