package org.kiban.addon.swap;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.kiban.addon.pack.PackMessage;
import org.kiban.core.KibanException;
import org.kiban.core.MessageCode;

/**
 * Why a transaction was rolled back, to be read in any language.
 *
 * @param text code and text in English; in entries of earlier versions in the language of the node
 * @param code what happened; null in entries of earlier versions
 * @param args what the code's text names
 */
public record Reason(String text, String code, List<String> args) {

  /** None. */
  static final Reason NONE = new Reason("", null, List.of());

  /** Copies the list. */
  public Reason {
    args = args == null ? List.of() : List.copyOf(args);
  }

  static Reason of(KibanException e) {
    return new Reason(
        e.describe(Locale.ROOT).lines().findFirst().orElse(""), e.code().code(), e.arguments());
  }

  /** Code and text in a reader's language, where the code is one of add-ons. */
  public String in(Locale reader) {
    return Stream.<MessageCode>concat(
            Stream.of(SwapMessage.values()), Stream.of(PackMessage.values()))
        .filter(m -> m.code().equals(code))
        .findFirst()
        .map(m -> m.code() + ": " + m.text(reader, args.toArray()))
        .orElse(text);
  }
}
