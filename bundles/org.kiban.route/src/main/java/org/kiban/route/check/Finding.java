package org.kiban.route.check;

import java.util.Locale;
import org.kiban.core.MessageCode;

/**
 * One thing wrong with a route file.
 *
 * @param line in the file, from 1; 0 if no line can be named
 * @param code what is wrong
 * @param args for the code's texts, the file and the line first
 */
public record Finding(int line, MessageCode code, Object... args) {

  /**
   * What is wrong, with file and line.
   *
   * @param locale the reader's
   */
  public String text(Locale locale) {
    return code.text(locale, args);
  }
}
