package org.kiban.exchange.declaration;

import java.util.Locale;
import org.kiban.exchange.ExchangeMessage;

/**
 * One thing that is wrong in a declaration.
 *
 * @param file its name
 * @param line from 1
 * @param field the path of the field, for example {@code columns[2].length}; empty for the file
 * @param message the reason
 * @param args of the reason's text
 */
public record Problem(
    String file, int line, String field, ExchangeMessage message, Object... args) {

  /**
   * {@code file:line: field: reason}.
   *
   * @param locale the reader's
   */
  public String text(Locale locale) {
    String place = file + ':' + line + ": ";
    return place + (field.isEmpty() ? "" : field + ": ") + message.text(locale, args);
  }
}
