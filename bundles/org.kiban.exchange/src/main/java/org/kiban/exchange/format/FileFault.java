package org.kiban.exchange.format;

import java.util.List;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.exchange.ExchangeMessage;

/** The file as a whole is refused; nothing of it is to be delivered. */
public final class FileFault extends KibanException {

  private static final long serialVersionUID = 1L;

  private final transient List<Reject> rejects;

  FileFault(ExchangeMessage code, Object... args) {
    this(List.of(), code, args);
  }

  FileFault(List<Reject> rejects, ExchangeMessage code, Object... args) {
    super(Outcome.REFUSED, code, args);
    this.rejects = List.copyOf(rejects);
  }

  /** The rows for which an all-or-nothing file is refused: the first twenty at most. */
  public List<Reject> rejects() {
    return rejects;
  }
}
