package org.kiban.core;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/**
 * A coded message to an operator. Each bundle has one enum of them, whose texts stand in {@code
 * messages.properties} (English) and {@code messages_ja.properties} beside the enum: key {@code
 * KBN-AREA-nnn} is what happened and why, {@code KBN-AREA-nnn.action} what to do next, both in the
 * syntax of {@link MessageFormat}. Every code also stands in {@code docs/reference/messages.md}.
 */
public interface MessageCode {

  /** The code, {@code KBN-<AREA>-<nnn>}; it never changes its meaning and is never used again. */
  String code();

  /**
   * What happened and why.
   *
   * @param locale the reader's; English for any but Japanese
   * @param args what the text's placeholders name, in order
   */
  default String text(Locale locale, Object... args) {
    return format(locale, code(), args);
  }

  /**
   * What the operator does next.
   *
   * @param locale the reader's
   * @param args the same as for the text
   */
  default String action(Locale locale, Object... args) {
    return format(locale, code() + ".action", args);
  }

  /**
   * The code and what happened, in English on one line: as logs and health checks have it.
   *
   * @param args the same as for the text
   */
  default String line(Object... args) {
    return code() + ": " + text(Locale.ROOT, args);
  }

  private String format(Locale locale, String key, Object... args) {
    try {
      ResourceBundle texts =
          ResourceBundle.getBundle(
              getClass().getPackageName() + ".messages",
              Locale.JAPANESE.getLanguage().equals(locale.getLanguage())
                  ? Locale.JAPANESE
                  : Locale.ROOT,
              getClass().getClassLoader(),
              ResourceBundle.Control.getNoFallbackControl(
                  ResourceBundle.Control.FORMAT_PROPERTIES));
      return new MessageFormat(texts.getString(key), locale).format(args);
    } catch (MissingResourceException e) {
      return key + ' ' + java.util.Arrays.toString(args);
    }
  }
}
