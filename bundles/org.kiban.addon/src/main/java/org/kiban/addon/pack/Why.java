package org.kiban.addon.pack;

/**
 * A reason inside a message, in the two languages of operators; it fills two placeholders.
 *
 * @param en English
 * @param ja Japanese
 */
record Why(String en, String ja) {

  static Why of(String en, String ja) {
    return new Why(en, ja);
  }

  /** What needs no translation, for example a name. */
  static Why of(String both) {
    return new Why(both, both);
  }
}
