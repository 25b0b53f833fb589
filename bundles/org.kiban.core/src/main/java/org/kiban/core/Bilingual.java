package org.kiban.core;

/** Something that operators' screens show in their language. */
public interface Bilingual {

  /**
   * The same in both languages.
   *
   * @param japanese for Japanese screens
   * @param english for all others
   */
  record Words(String japanese, String english) {}

  /** How it is shown. */
  Words words();

  /** In Japanese, for a screen. */
  default String japanese() {
    return words().japanese();
  }

  /** In English, for a screen. */
  default String english() {
    return words().english();
  }
}
