package org.kiban.route.check;

import java.util.Locale;
import org.kiban.core.KibanException;
import org.kiban.core.MessageCode;
import org.kiban.route.RouteFile;

/**
 * A message at a place in a file: its text begins with both.
 *
 * @param message what is wrong
 * @param place file and line
 * @param args for the message's placeholders
 */
record Placed(MessageCode message, String place, Object... args) implements MessageCode {

  static Finding at(RouteFile file, int line, MessageCode message, Object... args) {
    String place = line > 0 ? file.fileName() + ":" + line : file.fileName();
    return new Finding(line, new Placed(message, place, args));
  }

  /** A failure that has a code already. */
  static Finding at(RouteFile file, int line, KibanException failure) {
    return at(file, line, new Failure(failure));
  }

  /** The texts of a failure, its arguments in them. */
  private record Failure(KibanException failure) implements MessageCode {
    @Override
    public String code() {
      return failure.code().code();
    }

    @Override
    public String text(Locale locale, Object... ignored) {
      return failure.text(locale);
    }
  }

  @Override
  public String code() {
    return message.code();
  }

  @Override
  public String text(Locale locale, Object... ignored) {
    return place + ": " + message.text(locale, args);
  }
}
