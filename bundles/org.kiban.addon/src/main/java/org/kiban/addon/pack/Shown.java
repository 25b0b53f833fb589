package org.kiban.addon.pack;

/** Text of a hostile file, made fit for a terminal and a log: short, and without controls. */
final class Shown {

  private static final int LONGEST = 200;

  private Shown() {}

  static String of(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints().limit(LONGEST).forEach(c -> append(shown, c));
    return text.codePointCount(0, text.length()) > LONGEST ? shown + "…" : shown.toString();
  }

  private static void append(StringBuilder shown, int c) {
    int type = Character.getType(c);
    boolean harmful =
        Character.isISOControl(c)
            || type == Character.FORMAT
            || type == Character.SURROGATE
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR;
    if (harmful) {
      shown.append("\\u").append(String.format("%04X", c));
    } else {
      shown.appendCodePoint(c);
    }
  }
}
