package org.kiban.exchange.format;

import java.util.Locale;
import org.kiban.exchange.ExchangeMessage;

/**
 * What is wrong with a row; never the value itself.
 *
 * @param column from 0, or -1 for the row as a whole
 * @param columnName the column's name, or null
 * @param message the reason
 * @param args of the reason's text
 */
public record Finding(int column, String columnName, ExchangeMessage message, Object... args) {

  /** E0001 to E0004 where 別紙7-2 has one, or the KBN code. */
  public String code() {
    return message.rowCode();
  }

  /**
   * The reason in words.
   *
   * @param locale the reader's
   */
  public String reason(Locale locale) {
    return message.text(locale, args);
  }
}
