package org.kiban.addon.swap;

import org.kiban.core.Bilingual;

/**
 * An installed add-on and how it is.
 *
 * @param addon what is installed
 * @param state how it is
 * @param message why it is not well; empty if it is
 */
public record View(Addon addon, State state, String message) {

  /** How an add-on is. */
  public enum State implements Bilingual {
    /** It works. */
    RUNNING("動作中", "running"),
    /** It works but says that something needs attention. */
    WARNING("注意", "warning"),
    /** It does not work. */
    FAILED("異常", "failed");

    private final Words words;

    State(String japanese, String english) {
      this.words = new Words(japanese, english);
    }

    @Override
    public Words words() {
      return words;
    }
  }
}
